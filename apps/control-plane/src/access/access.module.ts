/** Who may do what, how much, and who did: tokens, scopes, limits and the audit trail. */
import { Module } from '@nestjs/common';
import { AccessGuard } from './access.guard.js';
import { AdmissionAtStart } from './admission-at-start.js';
import { AuditTrail } from './audit-trail.js';
import { AuditController } from './audit.controller.js';
import { Authenticator } from './authenticator.service.js';
import { RateLimits } from './rate-limits.js';
import { TokensController } from './tokens.controller.js';
import { TokensService } from './tokens.service.js';

@Module({
  controllers: [TokensController, AuditController],
  providers: [AccessGuard, AdmissionAtStart, AuditTrail, Authenticator, RateLimits, TokensService],
})
export class AccessModule {}
