import type { Broken, Readable } from '#shared/domain/round-file-rules.ts';

/** An anchor of the interview's kit stands for points that its criterion gives. */
export const kitRules = ({ interviews }: Readable): Broken[] =>
  (interviews?.criteria ?? []).flatMap(({ scale, questions = [] }, index) =>
    questions.flatMap(({ anchors = [] }, question) =>
      anchors.flatMap(({ points }, anchor) =>
        scale.some((step) => step.points === points)
          ? []
          : [
              {
                path: ['interviews', 'criteria', index, 'questions', question, 'anchors', anchor, 'points'],
                message: 'round-file.anchor-points',
                facts: { points },
              },
            ],
      ),
    ),
  );
