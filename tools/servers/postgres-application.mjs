// The application's role and database: a role that is no superuser (it may create databases, for tests and shadow
// databases, and nothing more) and one database it owns. Safe to repeat; a changed password is set anew.
import pg from 'pg';

export const APPLICATION = 'lastref';

/** @param {string} superuserUrl @param {string} password */
export async function ensureApplication(superuserUrl, password) {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const role = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [APPLICATION]);
    const verb = role.rowCount === 0 ? 'CREATE' : 'ALTER';
    const secret = client.escapeLiteral(password);
    await client.query(`${verb} ROLE ${APPLICATION} LOGIN CREATEDB PASSWORD ${secret}`);
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [APPLICATION]);
    if (found.rowCount === 0) {
      await client.query(`CREATE DATABASE ${APPLICATION} OWNER ${APPLICATION}`);
    }
  } finally {
    await client.end();
  }
}
