// Judges what the portal signs with programs that know nothing of it. Nothing is fetched: the contexts come with a package.
//   node judge.mjs signature FILE KEYS NOW    jose: RS256, the key of a key set, the dates as of NOW
//   node judge.mjs terms FILE                 jsonld in safe mode: every term is defined by the contexts
//   node judge.mjs status FILE LIST NOW       vc-bitstring-status-list: the credential's bit, in a list that is still believed
// Ends with 0 where nothing is wrong, and with 1 and a sentence on stderr otherwise.
import {readFile} from 'node:fs/promises';
import {createLocalJWKSet, decodeJwt, jwtVerify} from 'jose';
import jsonld from 'jsonld';
import {securityLoader} from '@digitalcredentials/security-document-loader';
import {decodeList} from '@digitalbazaar/vc-bitstring-status-list';

const read = async path => (await readFile(path, 'utf8')).trim();

async function signature(file, keys, now) {
  const {payload} = await jwtVerify(await read(file), createLocalJWKSet(JSON.parse(await read(keys))), {
    algorithms: ['RS256'],
    typ: 'JWT',
    currentDate: new Date(now),
    clockTolerance: 0
  });
  if (payload.iss !== (payload.issuer.id ?? payload.issuer)) {
    throw new Error('iss is not the issuer');
  }
}

async function terms(file) {
  const credential = decodeJwt(await read(file));

  // The claims of the token are no part of the credential: the contexts do not define them.
  for (const claim of ['iss', 'sub', 'jti', 'nbf', 'exp']) {
    delete credential[claim];
  }

  const expanded = await jsonld.expand(credential, {documentLoader: securityLoader().build(), safe: true});
  if (expanded.length !== 1) {
    throw new Error('it is not one credential');
  }
}

async function status(file, listFile, now) {
  const {credentialStatus: entry} = decodeJwt(await read(file));
  const list = decodeJwt(await read(listFile));
  if (list.id !== entry.statusListCredential || list.credentialSubject.statusPurpose !== entry.statusPurpose) {
    throw new Error('it is another list');
  }

  if (!(Date.parse(list.validFrom) <= Date.parse(now) && Date.parse(now) <= Date.parse(list.validUntil))) {
    throw new Error('the list is stale');
  }

  const bits = await decodeList({encodedList: list.credentialSubject.encodedList});
  if (bits.length < 131072) {
    throw new Error('the list is too short');
  }

  if (bits.getStatus(Number.parseInt(entry.statusListIndex, 10))) {
    throw new Error('it is revoked');
  }
}

const [what, ...rest] = process.argv.slice(2);
try {
  await {signature, terms, status}[what](...rest);
} catch (failure) {
  console.error(`${failure.code ?? ''} ${failure.message}`.trim());
  process.exitCode = 1;
}
