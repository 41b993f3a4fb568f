/** The part of a cost that expectations speak of: events/preemptions/switches, without the steps. */
import type { Cost } from '@lastref/kernel';

export const minOf = ({ events, preemptions, switches }: Cost): string =>
  `${events}/${preemptions}/${switches}`;
