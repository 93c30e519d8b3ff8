import * as z from 'zod';
import { ask, type Operation } from '#functions/api/operation.ts';
import { withRound } from '#functions/api/schemas.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { editionDebts } from '#functions/commands/edition-debts.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { OfferStatus } from '#shared/domain/candidacy.ts';
import { ResultsEdition } from '#shared/domain/edition.ts';
import { EditionOwed } from '#shared/domain/edition-owed.ts';
import { ApplicationNumber, VacancyCode } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { Standing } from '#shared/domain/standing.ts';
import { ok } from '#shared/result.ts';

const who = rolesFor('correction.read');

/** What corrected results owe to one person. */
export const Debt = z.object({
  number: ApplicationNumber,
  owed: EditionOwed,
  post: VacancyCode.optional(),
  holds: z
    .object({ vacancy: VacancyCode, status: z.union([OfferStatus, z.literal('conditional')]) })
    .optional(),
  stood: z.array(Standing.pick({ rank: true, outcome: true })),
  proposed: z.int().optional(),
});

/** What corrected results owe to whom while offers are made. */
export const editionDebtOperations = (deps: CommandDeps): Operation[] => [
  ask(
    {
      id: 'listEditionDebts',
      method: 'GET',
      path: '/api/rounds/:round/edition-debts',
      who,
      does: 'correction.read',
      summary:
        'What the final results owe that were corrected while offers are made, as the offers and remedies stand now: everybody who stands elsewhere, by number, with `stood` by the first results and each edition, the offer that they hold, and what is owed; `offer-next` and `extra-place` need a remedy of two people, and `proposed` is one that waits for the second. `walled` are left out because they are closed to the reader.',
      answer: {
        status: 200,
        schema: z.object({
          editions: z.array(ResultsEdition.pick({ number: true, correctedAt: true, cause: true })),
          debts: z.array(Debt),
          walled: z.int(),
        }),
      },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) =>
      withRound(c.req.param('round'), async (roundId) => {
        const found = await editionDebts(deps, { by: requireActor(c, who), roundId });
        if (!found.ok) return found;
        const { editions, debts, walled } = found.value;
        const shown = editions.map(({ number, correctedAt, cause }) => ({ number, correctedAt, cause }));
        return ok({ editions: shown, debts: [...debts], walled });
      }),
  ),
];
