// Brings the database that DATABASE_URL names to the schema of this tree: what `npm start` does by itself, for
// installations that start their servers in another way.
import { applyMigrations } from './data/migrations.mjs';
import { messageOf } from './errors.mjs';

const EXIT_USAGE = 2;
const EXIT_ENVIRONMENT = 3;

const url = process.env['DATABASE_URL'];
if (url === undefined) {
  console.error('Set DATABASE_URL to the database that is to be migrated.');
  process.exitCode = EXIT_USAGE;
} else {
  try {
    const applied = await applyMigrations(url);
    for (const name of applied) console.log(`applied ${name}`);
    if (applied.length === 0) console.log('The schema is current.');
  } catch (error) {
    console.error(messageOf(error));
    process.exitCode = EXIT_ENVIRONMENT;
  }
}
