import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** No endpoint here: the environment names it (AWS_ENDPOINT_URL_DYNAMODB in the local home, nothing on AWS). */
export const dynamoClient = (): DynamoDBClient => new DynamoDBClient({});

export type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
