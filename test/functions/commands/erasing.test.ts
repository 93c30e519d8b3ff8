import { describe, expect, it } from 'vitest';
import { erase } from '#functions/commands/erasing.ts';
import { sendAnswer } from '#functions/commands/inquiry-answer.ts';
import { memoryEraser, memoryErasures } from '#test/builders/memory-erasure.ts';
import { granted } from '#test/builders/scenes.ts';
import { anInquiryScene } from './inquiry-scene.ts';

describe('erasing an application', () => {
  it('takes the files too that were sent as answers to the committee', async () => {
    const { world, ask, mine, inquiryNow, upload } = await anInquiryScene();
    granted(await ask({ requirement: 'diploma' }));
    const { id: inquiry } = await inquiryNow();
    const documentId = await upload(inquiry);
    granted(await sendAnswer(world, { ...mine, inquiry, text: '' }));
    const ofIt = () => [...world.files.stored.keys()].filter((key) => key.includes(mine.applicationId));
    expect(ofIt().some((key) => key.includes(documentId))).toBe(true);

    const deps = { ...world, eraser: memoryEraser(world.records), erasures: memoryErasures() };
    await erase(deps, { kind: 'application', id: mine.applicationId });

    expect(ofIt()).toEqual([]);
  });
});
