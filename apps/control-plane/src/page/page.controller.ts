/** / and its style: plain pages rendered here, without scripts. */
import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { PageService } from './page.service.js';
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

  @Get('style.css')
  @Header('content-type', 'text/css; charset=utf-8')
  style(): string {
    return STYLE;
  }
}
