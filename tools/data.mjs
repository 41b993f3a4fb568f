// `npm run data:path | data:export | data:import | data:reset`: where the data is, a copy of all of it, that copy back, an end.
//   data:export -- [file]   writes every row as JSON lines, gzipped, also while Lastref is running
//   data:import -- <file>   reads them back, into a database that holds nothing; with --replace, into any
//   data:reset -- --yes     deletes the data folder; without --yes it only says what it would delete
import { dataFolder } from './data/folder.mjs';
import { exportData } from './data/export.mjs';
import { importData } from './data/import.mjs';
import { resetData } from './data/reset.mjs';
import { messageOf } from './errors.mjs';

const EXIT_USAGE = 2;
const EXIT_ENVIRONMENT = 3;

/** @typedef {(folder: import('./data/folder.mjs').DataFolder, args: string[]) => string | Promise<string>} DataCommand */

/** @type {Readonly<Record<string, DataCommand>>} */
const commands = {
  path: (folder) => folder.path,
  export: async (folder, [file]) => exportData(folder, file),
  import: async (folder, args) =>
    importData(
      folder,
      args.find((arg) => !arg.startsWith('--')),
      args.includes('--replace'),
    ),
  reset: async (folder, args) => resetData(folder, args.includes('--yes')),
};

const [name, ...args] = process.argv.slice(2);
const command = commands[name ?? ''];
if (command === undefined) {
  console.error(
    `Usage: npm run data:path | data:export -- [file] | data:import -- <file> [--replace] | data:reset -- --yes`,
  );
  process.exitCode = EXIT_USAGE;
} else {
  try {
    console.log(await command(dataFolder(), args));
  } catch (error) {
    console.error(messageOf(error));
    process.exitCode = EXIT_ENVIRONMENT;
  }
}
