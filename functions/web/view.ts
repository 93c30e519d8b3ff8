import type { Context } from 'hono';
import type { Role } from '#shared/domain/role.ts';
import type { Translator } from '#shared/i18n/index.ts';

/** Who is signed in, as far as a page's frame has to know. */
export type Visitor = { roles: readonly Role[] };

/** What every page needs besides its own facts; a middleware puts it into the context before any page runs. */
export type View = {
  t: Translator;
  /** The address without its language, such as `/calls`: the language switch leads to the same page. */
  path: string;
  /** Query with its question mark, or empty. */
  query: string;
  regionName: string;
  visitor?: Visitor | undefined;
  /** Somebody without a mailbox, for whom the visitor acts at the desk on this page. */
  assisted?: { personId: string; name: string; href: string } | undefined;
  stylesheet: string;
  /** Improves pages where it runs; nothing needs it. */
  script?: string | undefined;
  /** Makes and shows passkeys, which no browser can do without a script; only pages about them load it. */
  passkeyScript?: string | undefined;
  /** Sends a file in slices that outlast a broken line; only pages that take a file load it. */
  uploadScript?: string | undefined;
  verificationPage?: string | undefined;
  requestId: string;
  /** A sentence about what just happened, shown once on the page after a redirect. */
  notice?: string | undefined;
};

declare module 'hono' {
  interface ContextVariableMap {
    view: View;
    /** Origin of the storage that this page's upload form posts to, for the content policy. */
    formTarget: string | undefined;
    requestId: string;
  }
}

export const viewOf = (c: Context): View => c.get('view');
