import * as z from 'zod';
import { ask, type Operation } from '#functions/api/operation.ts';
import { described, onRound } from '#functions/api/selection.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { drawRoundFigures, figuresAction, viewFigures } from '#functions/commands/round-figures.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import type { FiguresKind } from '#shared/domain/round.ts';
import { RoundFigures } from '#shared/domain/round-figures.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

/** Empty while they were not drawn up. */
const Answer = z.object({ drawnAt: Instant.optional(), figures: RoundFigures.optional() });
type Answer = z.input<typeof Answer>;

const words = {
  household: {
    read: 'readHouseholdFigures',
    draw: 'drawHouseholdFigures',
    about: 'Dwellings and places for children that those who come need, by district',
  },
  equality: {
    read: 'readEqualityFigures',
    draw: 'drawEqualityFigures',
    about: 'How many gave each answer about equality',
  },
} as const;

/** What is counted over the applications of a round, without what a small number would say of somebody. */
export const figuresOperations = (deps: CommandDeps): Operation[] => [
  ...operationsOf(deps, 'household'),
  ...operationsOf(deps, 'equality'),
];

const operationsOf = (deps: CommandDeps, kind: FiguresKind): Operation[] => {
  const { read, draw, about } = words[kind];
  const path = `/api/rounds/:round/${kind}`;
  const does = figuresAction[kind];
  const answer = { status: 200, schema: Answer } as const;
  const refusals = ['not-found', 'wrong-stage'] as const;
  return [
    ask(
      {
        ...described(read, does),
        method: 'GET',
        path,
        summary: `${about}, as it was drawn up.`,
        answer,
        refusals,
      },
      (c) => onRound(c, does, (command) => answered(deps, command, kind)),
    ),
    ask(
      {
        ...described(draw, does, 'figures-drawn'),
        method: 'POST',
        path,
        summary: `${about}: counts it, once a round. Again answers what was drawn up.`,
        answer,
        refusals: [...refusals, 'changed-meanwhile'],
      },
      (c) =>
        onRound(c, does, async (command) => {
          const drawn = await drawRoundFigures(deps, { ...command, kind });
          return drawn.ok ? await answered(deps, command, kind) : drawn;
        }),
    ),
  ];
};

const answered = async (
  deps: CommandDeps,
  command: CommitteeCommand,
  kind: FiguresKind,
): Promise<Result<Answer, Refusal>> => {
  const found = await viewFigures(deps, { ...command, kind });
  if (!found.ok) return found;
  const { drawn } = found.value;
  return ok(drawn ? { drawnAt: drawn.at, figures: drawn.figures } : {});
};
