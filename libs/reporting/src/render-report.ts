/** The report as the kernel's log would show it; ends with a line feed. */
import type { Kind, Trace } from '@lastref/kernel';
import { report, type ReportOptions } from './report.js';
import type { Block, Splat } from './splat/splat.js';

const KASAN_RULE = '='.repeat(66);
const LOCKDEP_RULE = '='.repeat(54);

export function renderReport(trace: Trace, options: ReportOptions = {}): string {
  const { address, summary, splats } = report(trace, options);
  return [`${address}: ${summary}`, ...splats.map(renderSplat)].join('\n\n') + '\n';
}

function renderSplat(splat: Splat): string {
  const rule = ruleOf(splat.kind);
  const body = [splat.title, ...splat.blocks.map(renderBlock)].join('\n');
  return rule === '' ? body : `${rule}\n${body}\n${rule}`;
}

const renderBlock = ({ heading, lines }: Block): string =>
  [heading, ...lines.map((line) => (line === '' ? '' : ` ${line}`))].join('\n');

/** The frame that the kernel draws around some reports. */
function ruleOf(kind: Kind): string {
  switch (kind) {
    case 'use-after-free':
    case 'double-free':
    case 'data-race':
      return KASAN_RULE;
    case 'lock-order':
    case 'recursive-lock':
    case 'held-lock-freed':
    case 'bad-unlock':
    case 'suspicious-rcu':
      return LOCKDEP_RULE;
    default:
      return '';
  }
}
