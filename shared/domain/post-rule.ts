import * as z from 'zod';
import { InstructionLanguage, Subject } from '#shared/domain/codes.ts';
import { provenance, RuleCode } from '#shared/domain/provenance.ts';
import { Texts } from '#shared/domain/texts.ts';

const Quota = z.strictObject({
  code: RuleCode,
  title: Texts,
  /** For quotas that keep posts free, of which 1 comes first; a limit has no order. */
  precedence: z.int().min(1).max(100),
  /** `at-least` is refused on import: offers keep no posts free yet (`round-file-rules.ts`). */
  kind: z.enum(['at-least', 'at-most']),
  posts: z.int().min(1).max(10_000),
  /** Whom the quota counts: vacancies of these subjects or languages. */
  of: z.strictObject({
    subjects: z.array(Subject).min(1).optional(),
    languages: z.array(InstructionLanguage).min(1).optional(),
  }),
  ...provenance,
});

/** No more offers are open or accepted than `total`, whatever the register has. */
export const PostRule = z.strictObject({
  total: z.int().min(1).max(20_000),
  quotas: z.array(Quota).max(30),
  ...provenance,
});
