/** Thrown by a command that has already told what failed (a report, a table); only the exit code is left to give. */
export class CommandFailed extends Error {}
