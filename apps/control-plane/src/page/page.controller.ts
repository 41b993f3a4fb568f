/** /, a page per bug, and their style: plain pages rendered here, without scripts. */
import { idTextSchema } from '@lastref/contracts';
import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ZodPipe } from '../http/zod.pipe.js';
import { PageService } from './page.service.js';
import { renderBugPage } from './render-bug-page.js';
import { renderPage } from './render-page.js';
import { STYLE } from './style.js';

@ApiExcludeController()
@Controller()
export class PageController {
  constructor(private readonly page: PageService) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  async front(): Promise<string> {
    return renderPage(await this.page.collect());
  }

  @Get('bugs/:id')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  async bug(@Param('id', new ZodPipe(idTextSchema, 'param')) id: number): Promise<string> {
    return renderBugPage(await this.page.bug(id));
  }

  @Get('style.css')
  @Header('content-type', 'text/css; charset=utf-8')
  style(): string {
    return STYLE;
  }
}
