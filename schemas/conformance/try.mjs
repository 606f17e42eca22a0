// Tries a registry with Confluent's own client: node try.mjs URL INPUT.json
// INPUT: {"topic", "subject", "id", "message": base64 of a record in wire format, "ids": {subject: id}}.
// Prints {"fields": the record as this client reads it, "message": base64 of the same record as it writes it}.
import {readFileSync} from "node:fs";
import assert from "node:assert/strict";
import registry from "@confluentinc/schemaregistry";

const {SchemaRegistryClient, SerdeType, AvroSerializer, AvroDeserializer} = registry;
const [url, file] = process.argv.slice(2);
const input = JSON.parse(readFileSync(file, "utf8"));
const client = new SchemaRegistryClient({baseURLs: [url], maxRetries: 0});
const conf = {subjectNameStrategy: () => input.subject};

// every subject and id
assert.deepEqual((await client.getAllSubjects()).sort(), Object.keys(input.ids).sort());
for (const [subject, id] of Object.entries(input.ids)) {
  const latest = await client.getLatestSchemaMetadata(subject);
  assert.equal(latest.id, id);
  assert.equal((await client.getBySubjectAndId(subject, id)).schema, latest.schema);
  assert.equal(await client.getId(subject, {schemaType: "AVRO", schema: latest.schema}), id);
  assert.equal(await client.register(subject, {schemaType: "AVRO", schema: latest.schema}), id);
  assert.ok((await client.getAllVersions(subject)).includes(latest.version));
  assert.equal((await client.getSchemaMetadata(subject, latest.version)).id, id);
}
assert.equal(await client.getDefaultCompatibility(), "FULL_TRANSITIVE");

// what is not committed is refused
const stranger = {schemaType: "AVRO", schema: JSON.stringify({type: "record", name: "Stranger", fields: [{name: "a", type: "int"}]})};
const refused = async (call, code) =>
  assert.rejects(call, error => error.errorCode === code || assert.fail(`expected ${code}, got ${error.errorCode}: ${error.message}`));
await refused(() => client.register("Stranger", stranger), 42205);
await refused(() => client.register(input.subject, stranger), 42205);
await refused(() => client.getId(input.subject, stranger), 40403);
await refused(() => client.getAllVersions("Stranger"), 40401);
await refused(() => client.getSchemaMetadata(input.subject, 99), 40402);
assert.equal(await client.testSubjectCompatibility(input.subject, stranger), false);

// the wire format, both ways
const record = await new AvroDeserializer(client, SerdeType.VALUE, conf).deserialize(input.topic, Buffer.from(input.message, "base64"));
const serializer = new AvroSerializer(client, SerdeType.VALUE, {...conf, autoRegisterSchemas: false, useLatestVersion: true});
const message = await serializer.serialize(input.topic, record);
assert.equal(message.readUInt32BE(1), input.id);
console.log(JSON.stringify({fields: record, message: message.toString("base64")}));
