/**
 * Writes the description of this build to the file given, or to standard output:
 *   node apps/control-plane/dist/openapi/write-file.js apps/control-plane/openapi.json
 * Nest's preview makes the routes known without a database or a thread.
 */
import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import { readConfig } from '../config/config.js';
import { createLogger } from '../http/logger.js';
import { createDocument } from './document.js';

const result = readConfig({ DATABASE_URL: 'postgresql://nowhere', REDIS_URL: 'redis://nowhere' });
if (!result.ok) throw new Error(result.message);
const module = AppModule.forRoot(result.config, createLogger('silent'));
// eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest declares its options as a class and takes a literal
const app = await NestFactory.create(module, { preview: true, logger: false } as const);
const text = `${JSON.stringify(createDocument(app), null, 2)}\n`;
const [file] = process.argv.slice(2);
if (file === undefined) process.stdout.write(text);
else writeFileSync(file, text);
