export { type JobKind, type JobOutcome, type RunOptions, runJobs } from './run-jobs.js';
