// Compiles the Solidity files named on the command line and prints {"<contract>": {"creation": "0x…", "runtime": "0x…"}}.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import solc from 'solc';

const sources = Object.fromEntries(
  process.argv.slice(2).map((file) => [basename(file), { content: readFileSync(file, 'utf8') }]),
);
const input = {
  language: 'Solidity',
  sources,
  settings: {
    optimizer: { enabled: true, runs: 200 },
    outputSelection: { '*': { '*': ['evm.bytecode.object', 'evm.deployedBytecode.object'] } },
  },
};
const output = JSON.parse(solc.compile(JSON.stringify(input)));
const problems = output.errors ?? [];
if (problems.length > 0) {
  console.error(problems.map((problem) => problem.formattedMessage).join('\n'));
  process.exit(1);
}
const compiled = {};
for (const contracts of Object.values(output.contracts)) {
  for (const [name, { evm }] of Object.entries(contracts)) {
    compiled[name] = {
      creation: '0x' + evm.bytecode.object,
      runtime: '0x' + evm.deployedBytecode.object,
    };
  }
}
console.log(JSON.stringify(compiled));
