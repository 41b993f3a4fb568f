/**
 * Runs one command line in whatever process: answers go to out, everything else to err. Answers with the exit code; never
 * ends the process itself.
 */
import { Command, CommanderError } from 'commander';
import { declareAccessCommands } from './declare/access-commands.js';
import { declareBenchCommands } from './declare/bench-commands.js';
import { declareCheck } from './declare/check.js';
import type { CommonFlags, Context } from './declare/context.js';
import { declareDap } from './declare/dap-command.js';
import { declareEngineCommands } from './declare/engine-commands.js';
import { declareDoctor } from './declare/doctor.js';
import { declareIncidentCommands } from './declare/incident-commands.js';
import { declareNotifyCommands } from './declare/notify-commands.js';
import { declareOperationCommands } from './declare/operation-commands.js';
import { declareNightlyCommands } from './declare/nightly-commands.js';
import { declareServiceCommands } from './declare/service-commands.js';
import type { Engine } from './engine/engine.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { Input, Io } from './io.js';
import type { Outcome } from './outcome.js';
import { progressLines } from './progress/lines.js';
import { accessToken, TOKEN_FILE_FLAG } from './service/access-token.js';

export interface Surroundings {
  readonly input: () => Input;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** The terminal to draw progress on, if there is one. */
  readonly terminal: NodeJS.WritableStream | undefined;
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly serviceUrl: string | undefined;
  /** LASTREF_TOKEN. */
  readonly token: string | undefined;
  readonly databaseUrl: string | undefined;
  readonly makeEngine: () => Promise<Engine>;
}

const EXIT_CODES = `
Exit codes: 0 every expectation held, or none is declared and nothing failed; 1 otherwise;
2 wrong use; 3 environment; 130 interrupted. Every command has --json and --help.`;

export async function runCli(
  words: readonly string[],
  surroundings: Surroundings,
): Promise<ExitCode> {
  let exit: ExitCode = EXIT.ok;
  const context: Context = {
    run: async (flags, work) => {
      exit = deliver(await work(await makeIo(surroundings, tokenFile())), flags, surroundings);
    },
  };
  const tokenFile = (): string | undefined => cli.opts<{ tokenFile?: string }>().tokenFile;
  const cli = new Command('lastref')
    .description('Finds, proves and explains teardown races on a deterministic simulated kernel.')
    .option(...TOKEN_FILE_FLAG)
    .addHelpText('after', EXIT_CODES)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        surroundings.out(text);
      },
      writeErr: (text) => {
        surroundings.err(text);
      },
    });
  declareEngineCommands(cli, context);
  declareCheck(cli, context);
  declareDap(cli, context);
  declareBenchCommands(cli, context);
  declareServiceCommands(cli, context);
  declareNotifyCommands(cli, context);
  declareAccessCommands(cli, context);
  declareOperationCommands(cli, context);
  declareIncidentCommands(cli, context);
  declareDoctor(cli, context);
  declareNightlyCommands(cli, context);
  try {
    await cli.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
  return exit;
}

function deliver(outcome: Outcome, { json }: CommonFlags, { out, err }: Surroundings): ExitCode {
  if (outcome.kind === 'refusal') err(`lastref: ${outcome.message}\n`);
  else out(json === true ? `${JSON.stringify(outcome.json)}\n` : outcome.text);
  return outcome.exit;
}

async function makeIo(surroundings: Surroundings, tokenFile: string | undefined): Promise<Io> {
  const { terminal, now, signal, serviceUrl, token, databaseUrl } = surroundings;
  const note = (line: string): void => {
    surroundings.err(`${line}\n`);
  };
  return {
    input: surroundings.input,
    out: surroundings.out,
    note,
    progress:
      terminal === undefined
        ? progressLines(note, now)
        : (await import('./progress/bar.js')).progressBar(terminal, now),
    signal,
    now,
    engine: await surroundings.makeEngine(),
    serviceUrl,
    token: () => accessToken(tokenFile, token),
    databaseUrl,
  };
}
