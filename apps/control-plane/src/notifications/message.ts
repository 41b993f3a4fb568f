/**
 * What a message says, from what is known of the event: a title, lines for people, and the same as data. Pure. The webhook
 * gets all of it as JSON, Slack the text in its own markup.
 */
import type { AnnouncementKind, Bug, ReplayHandle } from '@lastref/contracts';
import { shorten } from '../http/shown.js';
import { LONGEST_LINE } from './limits.js';

export interface Event {
  /** Of the message; the same in every attempt. */
  id: string;
  /** Null for a test message. */
  kind: AnnouncementKind | null;
  subject: string | null;
  announcedAt: Date;
  detail: string | null;
  bug: Bug | null;
  campaign: { id: number; title: string } | null;
  incident: number | null;
  replay: ReplayHandle | null;
}

export interface Message {
  id: string;
  type: AnnouncementKind | 'test';
  subject: string | null;
  announcedAt: string;
  title: string;
  /** Title, lines and link, for people. */
  text: string;
  url: string;
  bug: Pick<Bug, 'id' | 'scenario' | 'variant' | 'title' | 'signature' | 'report' | 'count'> | null;
  campaign: { id: number; title: string } | null;
  incident: number | null;
  replay: ReplayHandle | null;
}

/** `site` is where people reach the service, without a slash at its end. */
export function writeMessage(event: Event, site: string): Message {
  const { id, kind, subject, announcedAt, campaign, incident, replay } = event;
  const title = titleOf(event);
  const url = `${site}${pathOf(event)}`;
  const command = replay === null ? [] : [`Replay it: ${replay.command}`];
  return {
    id,
    type: kind ?? 'test',
    subject,
    announcedAt: announcedAt.toISOString(),
    title,
    text: [title, ...linesOf(event), ...command, url].join('\n'),
    url,
    bug: event.bug === null ? null : shownBug(event.bug),
    campaign,
    incident,
    replay,
  };
}

/** The body for Slack and what understands its format; `&`, `<` and `>` are its markup. */
export function slackBody({ text, title }: Message): { text: string } {
  const escape = (plain: string): string =>
    plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return { text: escape(text).replace(escape(title), (first) => `*${first}*`) };
}

function titleOf(event: Event): string {
  const { kind, bug, incident, subject } = event;
  switch (kind) {
    case 'new-signature':
      return `New ${bug?.report === true ? 'report' : 'failure'}${nameOf(bug, subject)}`;
    case 'regression':
      return `Back again${nameOf(bug, subject)}`;
    case 'canary':
      return bug === null ? `Canary: ${subject ?? ''}` : `Canary${nameOf(bug, subject)}`;
    case 'incident':
      return `Incident ${incident ?? subject ?? ''}`.trim();
    case 'late-campaign':
      return `Late: ${campaignName(event)}`;
    case null:
      return 'Test message of Lastref';
  }
}

function linesOf({ kind, detail, bug, campaign, subject }: Event): string[] {
  if (kind === null) return ['Messages arrive here.'];
  const lines = detail === null ? [] : [detail];
  if (bug !== null) {
    const verb = bug.report ? 'reported' : 'failed';
    lines.push(
      shorten(bug.signature, LONGEST_LINE),
      `It ${verb} in ${bug.count.toLocaleString('en')} schedules so far, first at ${bug.firstSeenAt}.`,
    );
  }
  if (campaign !== null) lines.push(`Campaign ${campaign.id} (${campaign.title})`);
  return lines.length === 0 && subject !== null ? [subject] : lines;
}

function pathOf({ bug, campaign, incident }: Event): string {
  if (bug !== null) return `/bugs/${bug.id}`;
  if (incident !== null) return `/api/v1/incidents/${incident}`;
  return campaign === null ? '/' : `/api/v1/campaigns/${campaign.id}`;
}

function nameOf(bug: Bug | null, subject: string | null): string {
  if (bug === null) return `: ${subject ?? ''}`;
  return ` in ${bug.scenario}/${bug.variant}: ${shorten(bug.title, LONGEST_LINE)}`;
}

function campaignName({ campaign, subject }: Event): string {
  return campaign === null ? (subject ?? '') : `campaign ${campaign.id} (${campaign.title})`;
}

function shownBug(bug: Bug): NonNullable<Message['bug']> {
  const { id, scenario, variant, title, signature, report, count } = bug;
  return { id, scenario, variant, title, signature, report, count };
}
