/**
 * Tells the dispatcher of this process that there is something new, so that it need not wait for its next tick. Losing a
 * ring loses nothing but time.
 */
import { Injectable } from '@nestjs/common';

@Injectable()
export class DispatchBell {
  private listener = (): void => undefined;

  onRing(listener: () => void): void {
    this.listener = listener;
  }

  ring(): void {
    this.listener();
  }
}
