import fc from 'fast-check';

/** Property tests draw the same cases in every run; with HQNAS_FUZZ=<runs> they look for others. */
if (process.env['HQNAS_FUZZ'] === undefined) fc.configureGlobal({ seed: 20260101 });
