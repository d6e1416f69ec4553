// sharp.js FOLDER IN_FLIGHT PASSES: what ImageFigures does, with sharp as its documentation tunes it: decoded once, and each rendition
// made of the one before. Called by images.py, with sharp in NODE_PATH.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const sharp = require('sharp');

const [folder, inFlightText, passesText] = process.argv.slice(2);
const inFlight = Number(inFlightText);
const passes = Number(passesText);
sharp.cache(false);
sharp.concurrency(Math.max(1, Math.floor(os.availableParallelism() / inFlight)));

async function smaller(image, edge) {
  const { data, info } = await image
    .resize(edge, edge, { fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return () => sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
}

async function render(file) {
  const decoded = sharp(await fs.promises.readFile(file), { failOn: 'error', limitInputPixels: 100_000_000 });
  const large = await smaller(decoded.autoOrient(), 1600);
  const outputs = [await large().jpeg({ quality: 80 }).toBuffer()];
  const medium = await smaller(large(), 800);
  outputs.push(await medium().jpeg({ quality: 80 }).toBuffer());
  const small = await smaller(medium(), 200);
  outputs.push(await small().jpeg({ quality: 80 }).toBuffer(), await small().webp({ quality: 80 }).toBuffer());
  return outputs.reduce((sum, output) => sum + output.length, 0);
}

async function pass(files) {
  const left = [...files];
  let bytes = 0;
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (left.length > 0) {
        const written = await render(left.shift());
        bytes += written;
      }
    }),
  );
  return bytes;
}

async function main() {
  const files = fs.readdirSync(folder).sort().map((name) => path.join(folder, name));
  await pass(files);
  const start = process.hrtime.bigint();
  let bytes = 0;
  for (let round = 0; round < passes; round += 1) {
    bytes += await pass(files);
  }
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(`${((passes * files.length) / seconds).toFixed(3)} ${peak} ${bytes / passes} sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}`);
}

main();
