/** Bugs: listed and shown with their reproduction. */
import { Module } from '@nestjs/common';
import { BugsController } from './bugs.controller.js';
import { BugsService } from './bugs.service.js';

@Module({ controllers: [BugsController], providers: [BugsService], exports: [BugsService] })
export class BugsModule {}
