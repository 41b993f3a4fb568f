/**
 * The metrics as Prometheus reads them: those of the service from the database, in one query for each scrape, and those of
 * this process (CPU, memory, event loop, requests by route).
 */
import { type Database, readMetrics, type StoredMetrics } from '@lastref/storage';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { DATABASE } from '../storage/storage.module.js';
import { FAMILIES, type Family } from './families.js';

const SECONDS = [0.005, 0.02, 0.1, 0.5, 2, 10];

interface Kept {
  readonly family: Family;
  readonly metric: Counter<'state'> | Gauge<'state'>;
}

@Injectable()
export class MetricsService implements OnModuleDestroy {
  private readonly registry = new Registry();
  private readonly kept: readonly Kept[];
  private readonly requests: Histogram<'method' | 'route' | 'status'>;

  constructor(@Inject(DATABASE) private readonly database: Database) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry, prefix: 'lastref_control_plane_' });
    this.kept = FAMILIES.map((family) => ({ family, metric: metricOf(family, registers) }));
    this.requests = new Histogram({
      name: 'lastref_http_request_seconds',
      help: 'How long requests took, by method, route and kind of status.',
      labelNames: ['method', 'route', 'status'],
      buckets: SECONDS,
      registers,
    });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  async read(): Promise<string> {
    this.set(await readMetrics(this.database));
    return this.registry.metrics();
  }

  observe(method: string, route: string, status: number, seconds: number): void {
    this.requests.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, seconds);
  }

  onModuleDestroy(): void {
    this.registry.clear();
  }

  private set(stored: StoredMetrics): void {
    for (const { family, metric } of this.kept) {
      const values = family.values(stored);
      metric.reset();
      if (typeof values === 'number') metric.inc(values);
      else for (const [state, value] of Object.entries(values)) metric.inc({ state }, value);
    }
  }
}

function metricOf(
  { name, help, type }: Family,
  registers: Registry[],
): Counter<'state'> | Gauge<'state'> {
  const options = { name, help, registers, labelNames: ['state'] as const };
  return type === 'counter' ? new Counter(options) : new Gauge(options);
}
