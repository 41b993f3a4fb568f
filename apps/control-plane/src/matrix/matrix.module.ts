/** The matrix of variants and cases: what is known beside what is expected. */
import { Module } from '@nestjs/common';
import { MatrixController } from './matrix.controller.js';
import { MatrixService } from './matrix.service.js';

@Module({ controllers: [MatrixController], providers: [MatrixService] })
export class MatrixModule {}
