import type { Construct } from 'constructs';
import { documentsBucket } from './documents.ts';
import { scanHeldFiles } from './malware.ts';
import { namesFor } from './names.ts';
import { namesOf, type Region } from './regions.ts';
import { RegionStack } from './stack.ts';
import { dataKey, personsTable, recordsTable, signingKey } from './tables.ts';

/**
 * What a region must never lose, apart from what runs: two tables, the documents, a key for each, and the key that signs results. Nothing here is
 * deleted with the stack.
 */
export class DataStack extends RegionStack {
  constructor(scope: Construct, region: Region) {
    const names = namesFor(region);
    super(
      scope,
      names.dataStack,
      region,
      `Irikteu, ${namesOf(region).en} (${region.code}): records, persons and documents.`,
    );

    const recordsKey = dataKey(this, 'RecordsKey', {
      alias: names.recordsKeyAlias,
      description: `Encrypts the records of ${region.code}.`,
    });
    const personsKey = dataKey(this, 'PersonsKey', {
      alias: names.personsKeyAlias,
      description: `Encrypts the personal data of ${region.code}: the persons table.`,
    });
    const documentsKey = dataKey(this, 'DocumentsKey', {
      alias: names.documentsKeyAlias,
      description: `Encrypts the uploaded documents of ${region.code}.`,
    });

    signingKey(this, 'ResultsKey', {
      alias: names.resultsKeyAlias,
      description: `Signs the published results of ${region.code}.`,
    });

    recordsTable(this, names.recordsTable, recordsKey);
    personsTable(this, names.personsTable, personsKey);
    const bucket = documentsBucket(this, names, documentsKey);
    if (region.scanning === 'on') scanHeldFiles(this, names, { bucket, key: documentsKey });
  }
}
