/** The parts of the configuration that say where the service listens, under which names it answers and whom it believes. */
import { z } from 'zod';

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '::1']);

export const isLoopback = (host: string): boolean => LOOPBACK.has(host);

const NAME = '[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?';
const ADDRESS = /^[0-9A-Fa-f:.]{2,45}(?:\/[0-9]{1,3})?$/;

export const hostSchema = z
  .string()
  .regex(
    new RegExp(`^(?:${NAME}|[0-9A-Fa-f:]{2,39})$`),
    'must be an address of this machine, such as 127.0.0.1, 0.0.0.0 or ::1',
  );

/** An origin: links are made by adding a path. */
export const publicUrlSchema = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^https?:\/\/[^/?#@]+\/?$/.test(text),
    'must be where people reach the service, such as https://lastref.example.com, without a path',
  )
  .transform((text) => new URL(text).origin);

export const allowedHostsSchema = list(
  (name) => new RegExp(`^${NAME}$`).test(name),
  'must be host names without ports, separated by commas',
);

export const trustedProxiesSchema = list(
  (proxy) => proxy === 'loopback' || ADDRESS.test(proxy),
  'must be addresses or ranges of proxies such as 10.0.0.7, 10.0.0.0/8 or loopback, separated by commas',
);

function list(fits: (item: string) => boolean, message: string): z.ZodType<string[]> {
  return z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((item) => item.trim() || []))
    .refine((items) => items.every(fits), message);
}

/** Host names, in lower case, that requests may be addressed to besides those of loopback. */
export function allowedHosts(host: string, publicUrl: string, named: readonly string[]): string[] {
  const everywhere = host === '0.0.0.0' || host === '::';
  const own = everywhere ? [] : [host.includes(':') ? `[${host}]` : host];
  return [...own, new URL(publicUrl).hostname, ...named].map((name) => name.toLowerCase());
}

export function ownUrl(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
