// The campaign that has to survive, started by the command line as a person would, and the same ranges by `hunt --ledger`.
import { execFile } from 'node:child_process';
import { ledgerDigest } from '@lastref/exploration';
import { parseJson } from '../json.mjs';
import { waitFor } from '../processes/wait.mjs';
import { inRoot } from '../ready/places.mjs';
import { ADDRESSES, END_MS } from './limits.mjs';

/** @typedef {import('./watcher.mjs').Ask} Ask */
/**
 * @typedef {{
 *   id: number, state: string, ledger: string | null, shards: number, results: number, counted: number, schedules: number,
 *   quarantined: number,
 * }} Ended
 */
/** @typedef {import('@lastref/exploration').LedgerEntry} LedgerEntry */
/** @typedef {LedgerEntry['totals'] & { program: string, strategy: string, ledger: string }} Hunt */

const MOST_OUTPUT = 2 ** 26;

/** A bug found is exit code 1 and no error here. @param {string[]} words @returns {Promise<unknown>} */
function lastref(words) {
  return new Promise((resolve, reject) => {
    const options = { maxBuffer: MOST_OUTPUT };
    const args = [inRoot('bin', 'lastref.mjs'), ...words, '--json'];
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      if (stdout === '') reject(error ?? new Error(`lastref ${words.join(' ')}: ${stderr}`));
      else resolve(parseJson(stdout));
    });
  });
}

/** @param {string} url @param {{ shardSize: number, shardsPerProgram: number }} size @returns {Promise<number>} */
export async function startCampaign(url, { shardSize, shardsPerProgram }) {
  const schedules = String(shardSize * shardsPerProgram);
  const words = ['-n', schedules, '--shard-size', String(shardSize), '--url', url];
  const started = await lastref(['campaign', 'start', ...ADDRESSES, ...words]);
  return /** @type {{ id: number }} */ (started).id;
}

/** @param {Ask} ask @param {number} id */
export async function isRunning(ask, id) {
  const [row] = await ask(`SELECT state = 'running' AS running FROM campaign WHERE id = $1`, [id]);
  return row?.['running'] === true;
}

const ENDED = `
  SELECT c.id::float8, c.state::text, c.ledger_digest AS ledger, (c.schedules * count(DISTINCT p.program_id))::float8 AS schedules,
         sum(p.shards_carved)::int4 AS shards, sum(p.schedules)::float8 AS counted, sum(p.shards_quarantined)::int4 AS quarantined,
         (SELECT count(*)::int4 FROM shard_result r JOIN shard s ON s.id = r.shard_id WHERE s.campaign_id = c.id) AS results
    FROM campaign c JOIN campaign_part p ON p.campaign_id = c.id
   WHERE c.id = $1 AND c.state <> 'running'
   GROUP BY c.id`;

/** @param {Ask} ask @param {number} id @param {AbortSignal} signal @returns {Promise<Ended>} */
export function campaignEnd(ask, id, signal) {
  return waitFor(`campaign ${id} to end`, END_MS, async () => {
    signal.throwIfAborted();
    const [row] = await ask(ENDED, [id]);
    return /** @type {Ended | undefined} */ (row);
  });
}

/** The digest over all programs, of what one hunt of each found. @param {{ shardSize: number, shardsPerProgram: number }} size */
export async function huntedLedger({ shardSize, shardsPerProgram }) {
  /** @type {LedgerEntry[]} */
  const entries = [];
  for (const address of ADDRESSES) {
    const words = ['hunt', address, '-n', String(shardSize * shardsPerProgram), '--ledger'];
    const totals = /** @type {Hunt} */ (await lastref(words));
    const { program, strategy, ledger } = totals;
    const entry = { program, strategy, totals };
    if (ledgerDigest([entry]) !== ledger)
      throw new Error(`the ledger of ${address} is not its own`);
    entries.push(entry);
  }
  return ledgerDigest(entries);
}
