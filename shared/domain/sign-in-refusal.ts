import type { Role } from '#shared/domain/role.ts';

/** Every "no" of signing in, enrolling and staff, each with what the person can do next on its page. */
export type SignInRefusal =
  /** Nobody is signed in, or the session ran out. */
  | { kind: 'sign-in-needed' }
  /** The role is held, but counts only after a passkey was shown in this session. */
  | { kind: 'passkey-needed' }
  | { kind: 'code-wrong'; triesLeft: number }
  | { kind: 'code-expired' }
  | { kind: 'code-used' }
  /** The same browser asked for a newer code. */
  | { kind: 'code-replaced' }
  /** Five wrong tries: a new code is needed. */
  | { kind: 'code-exhausted' }
  | { kind: 'too-many-requests'; retryAfterMinutes: number }
  /** The answer of the passkey does not prove what was asked, or came too late or twice. */
  | { kind: 'passkey-refused' }
  /** Someone whose roles need a passkey keeps at least one. */
  | { kind: 'last-passkey' }
  /** Whoever proved it has an account with it already. */
  | { kind: 'mailbox-taken' }
  | { kind: 'invitation-used' }
  | { kind: 'invitation-expired' }
  /** The link replaces the passkey of somebody else. */
  | { kind: 'invitation-for-another' }
  | { kind: 'last-administrator' }
  | { kind: 'role-not-held'; role: Role }
  /** A lost passkey is replaced by two administrators, neither of them the person. */
  | { kind: 'second-administrator-needed' }
  | { kind: 'already-requested' }
  /** Nobody asks for a new passkey for this person any more: withdrawn, agreed to, or a week ago. */
  | { kind: 'replacement-not-requested' };
