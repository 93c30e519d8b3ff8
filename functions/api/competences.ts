import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { described, onRound } from '#functions/api/selection.ts';
import { competencesView, tellCompetenceOf } from '#functions/commands/competences.ts';
import { Competence } from '#shared/domain/competence.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { RegionCode } from '#shared/domain/region.ts';
import { Instant } from '#shared/domain/time.ts';
import { ok, refuse } from '#shared/result.ts';

const path = '/api/rounds/:round/competences';

/** Which languages and subjects raters can score. */
export const competenceOperations = (deps: ApiDeps): Operation[] => [reading(deps), telling(deps)];

const reading = (deps: ApiDeps): Operation =>
  ask(
    {
      ...described('listCompetences', 'competence.tell'),
      method: 'GET',
      path,
      summary:
        'Which languages and subjects the visitor can score; for the secretary everybody who may be asked.',
      answer: {
        status: 200,
        schema: z.object({
          raters: z.array(
            z.object({
              personId: PersonId,
              name: z.string(),
              /** Of a rater of another region. */
              guest: RegionCode.optional(),
              /** Absent where nothing was said. */
              told: Competence.extend({ toldAt: Instant }).optional(),
            }),
          ),
        }),
      },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) =>
      onRound(c, 'competence.tell', async (command) => {
        const found = await competencesView(deps, command);
        if (!found.ok) return found;
        const raters = found.value.raters.map(({ personId, name, guest, told }) => ({
          personId,
          name,
          guest,
          told: told && { languages: told.languages, subjects: told.subjects, toldAt: told.toldAt },
        }));
        return ok({ raters });
      }),
  );

const telling = (deps: ApiDeps): Operation =>
  send(
    {
      ...described('tellCompetence', 'competence.tell', 'competence-told'),
      method: 'PUT',
      path: `${path}/:person`,
      summary:
        'Says which languages and subjects somebody can score: the visitor of themselves, the secretary of everybody. What was given out stays.',
      body: z.strictObject({ languages: z.array(z.string()), subjects: z.array(z.string()) }),
      answer: { status: 204 },
      refusals: ['not-found', 'wrong-stage', 'changed-meanwhile'],
    },
    (c, ticked) =>
      onRound(c, 'competence.tell', async (command) => {
        const personId = PersonId.safeParse(c.req.param('person')).data;
        if (!personId) return refuse({ kind: 'not-found', what: 'person' });
        return await tellCompetenceOf(deps, { ...command, personId, ticked });
      }),
  );
