/**
 * Finds out who makes a request, by asking the database each time: a token that is revoked is worth nothing at once, on every
 * control plane. Where no token was ever made, and only then, a service on loopback lets everyone in as an administrator: whoever
 * can reach it is on this machine. From the first token on nobody is let in without one, loopback or not, because a reverse
 * proxy on the same machine makes strangers look local; revoking the tokens does not open it again.
 */
import type { TokenScope } from '@lastref/contracts';
import {
  type Database,
  findTokens,
  hasTokens,
  isToken,
  noteUse,
  storedForm,
} from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { isLoopback } from '../config/network.js';
import { LOGGER } from '../http/logger.js';
import { DATABASE } from '../storage/storage.module.js';
import type { Caller } from './caller.js';
import { tokenOf } from './credentials.js';

export type Admission =
  | { admitted: true; caller: Caller }
  | { admitted: false; reason: 'token-required' | 'token-invalid' };

const EVERYONE: Caller = { name: 'anyone', scope: 'admin' };
const STARTER: Caller = { name: 'npm start', scope: 'admin' };
const INCLUDED: Readonly<Record<TokenScope, readonly TokenScope[]>> = {
  read: ['read'],
  write: ['read', 'write'],
  admin: ['read', 'write', 'admin'],
};

export const mayDo = (caller: Caller, scope: TokenScope): boolean =>
  INCLUDED[caller.scope].includes(scope);

@Injectable()
export class Authenticator {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async admit(authorization: string | undefined): Promise<Admission> {
    const token = tokenOf(authorization);
    if (token === null) return { admitted: false, reason: 'token-invalid' };
    if (token !== undefined) return this.admitToken(token);
    const open = isLoopback(this.config.host) && !(await hasTokens(this.database));
    return open
      ? { admitted: true, caller: EVERYONE }
      : { admitted: false, reason: 'token-required' };
  }

  private async admitToken(token: string): Promise<Admission> {
    const { startToken } = this.config;
    if (startToken !== undefined && isToken(token, storedForm(startToken).digest)) {
      return { admitted: true, caller: STARTER };
    }
    const candidates = await findTokens(this.database, storedForm(token).prefix);
    const found = candidates.find(({ digest }) => isToken(token, digest));
    if (found === undefined) return { admitted: false, reason: 'token-invalid' };
    const { id, name, scope, unnoted } = found;
    if (unnoted) this.note(id);
    const caller = { name: `token ${name}`, origin: `token ${id}`, scope };
    return { admitted: true, caller };
  }

  /** Nobody waits for it, and a request does not fail by it. */
  private note(id: number): void {
    noteUse(this.database, id).catch((error: unknown) => {
      this.logger.warn({ err: error, token: id }, 'the use of a token was not noted');
    });
  }
}
