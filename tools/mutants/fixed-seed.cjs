// Property tests draw the same programs for every mutant: else a mutant lives or dies by chance.
const fc = require('fast-check');

fc.configureGlobal({ seed: 1 });
process.env['FUZZ_RUNS'] = '60';
process.env['STUBBORN_RUNS'] = '20';
