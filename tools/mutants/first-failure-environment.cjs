// Skips the tests behind the first that failed: a mutant is dead then, and what else would notice it does not matter.
// (Jest's own `bail` ends whole files only, and not when it is started by a program.)
const { TestEnvironment } = require('jest-environment-node');

module.exports = class FirstFailureEnvironment extends TestEnvironment {
  failed = false;

  /** @param {import('@jest/types').Circus.Event} event */
  async handleTestEvent(event) {
    if (event.name === 'test_fn_failure' || event.name === 'hook_failure') this.failed = true;
    if (event.name === 'test_start' && this.failed) event.test.mode = 'skip';
  }
};
