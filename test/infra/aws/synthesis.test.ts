import { Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import { regionOf, regions } from '#infra/aws/regions.ts';
import { anApp, templatesOf } from '#test/infra/aws/stacks.ts';

describe('the stacks of every region', () => {
  it('are synthesized, a data stack and a round stack each, without a finding of cdk-nag', () => {
    const { app, remove } = anApp(regions);

    const stacks = app.synth().stacks.map((stack) => stack.stackName);
    remove();

    expect(stacks.toSorted()).toEqual(
      ['kz-19', 'kz-23', 'kz-33', 'kz-47', 'kz-61'].flatMap((code) => [
        `irikteu-${code}-data`,
        `irikteu-${code}-round`,
      ]),
    );
  });

  it('are refused as soon as there is something that cdk-nag finds and nobody explained', () => {
    const { app, remove } = anApp([regionOf('KZ-19')]);
    const planted = new Stack(app, 'planted');
    const bucket = new Bucket(planted, 'OpenBucket');

    expect(bucket.node.path).toBe('planted/OpenBucket');
    expect(() => app.synth()).toThrow(/server access logs disabled/);
    remove();
  });

  it('are the same, byte for byte, when they are synthesized again', () => {
    const once = templatesOf('KZ-19');
    const again = templatesOf('KZ-19');

    expect(JSON.stringify(again)).toBe(JSON.stringify(once));
  });

  it('differ between two regions in nothing but names and addresses', () => {
    const almaty = JSON.stringify(templatesOf('KZ-19'));
    const atyrau = JSON.stringify(templatesOf('KZ-23'));

    const translated = atyrau
      .replaceAll('KZ-23', 'KZ-19')
      .replaceAll('kz-23', 'kz-19')
      .replaceAll('atyrau', 'almaty')
      .replaceAll('Atyrau', 'Almaty');
    expect(translated).toBe(almaty);
  });

  it('name the regions that exist when another is asked for', () => {
    expect(() => regionOf('KZ-99')).toThrow(
      'No region has the code KZ-99. Known: KZ-61, KZ-19, KZ-23, KZ-47, KZ-33',
    );
  });
});
