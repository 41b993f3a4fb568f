/** Sends one request as it is, whatever a client library would think of it, and reads the answer; of a stream only its beginning. */
import { type Agent, request, validateHeaderValue } from 'node:http';
import { performance } from 'node:perf_hooks';
import { textOf } from './changed.js';
import type { Vocabulary } from './known.js';
import type { Asked } from './requests.js';

export interface Answer {
  status: number;
  type: string;
  text: string;
  ms: number;
}

export interface Target {
  url: URL;
  agent: Agent;
  vocabulary: Vocabulary;
  /** Of every request that has none of its own. */
  headers: Readonly<Record<string, string>>;
}

export function send(
  asked: Asked,
  { url, agent, vocabulary, headers: usual }: Target,
): Promise<Answer> {
  const { path, method, instead, parameters, query, headers, body, change } = vocabulary.fill(
    asked,
  ) as Asked;
  const text = textOf(body, change);
  const bytes = text === undefined ? undefined : Buffer.from(text, 'utf8');
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request({
      agent,
      host: url.hostname,
      port: url.port,
      method: instead ?? method,
      path: `${placed(path, parameters)}${queryOf(query)}`,
      headers: {
        host: url.host,
        ...usual,
        'content-type': 'application/json',
        ...(bytes === undefined ? {} : { 'content-length': bytes.length }),
        ...sendable(headers),
      },
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      const type = response.headers['content-type'] ?? '';
      const status = response.statusCode ?? 0;
      const chunks: Buffer[] = [];
      const finish = (): void => {
        const all = Buffer.concat(chunks).toString('utf8');
        resolve({ status, type, text: all, ms: performance.now() - begun });
      };
      if (type.startsWith('text/event-stream')) {
        response.destroy();
        finish();
        return;
      }
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', finish);
      response.on('error', reject);
    });
    sent.end(bytes);
  });
}

function placed(path: string, parameters: Record<string, unknown>): string {
  return path.replace(/\{([^}]+)\}/g, (_, name: string) => encoded(parameters[name]) || '-');
}

function queryOf(query: Record<string, unknown>): string {
  const pairs = Object.entries(query).map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function encoded(value: unknown): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'));
}

function sendable(headers: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      try {
        validateHeaderValue(name, String(value));
        return [[name, String(value)]];
      } catch {
        return [];
      }
    }),
  );
}
