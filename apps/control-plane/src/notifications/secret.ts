/** The secret of a new webhook, in the form that Standard Webhooks libraries take. */
import { randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;

export const newSecret = (): string => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
