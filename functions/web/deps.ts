import type { CommandDeps } from '#functions/commands/deps.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';

/** What the pages need from outside: what commands need, for rounds and applications and for people. */
export type WebDeps = CommandDeps & SignInDeps;
