// Loaded before anything else, and written for every Node there ever was: tells one that is too old so, in one sentence.
// The versions are those of package.json: ranges like ^20.19.0 and >=22.12.0, separated by ||.
var needed = require("../../package.json").engines.node.split(" || ");
var have = numbers(process.versions.node);

if (!needed.some(fits)) {
  console.error("Whetstone needs Node " + needed.map(inWords).join(", or ") + "; this is " + process.version + ".");
  process.exit(1);
}

function fits(range) {
  var least = numbers(range);
  var place = have[0] !== least[0] ? 0 : have[1] !== least[1] ? 1 : 2;
  return have[place] >= least[place] && (range.charAt(0) !== "^" || have[0] === least[0]);
}

function inWords(range) {
  var least = numbers(range);
  var version = least[0] + "." + least[1];
  return range.charAt(0) === "^" ? version + " or a later " + least[0] : version + " or later";
}

function numbers(version) {
  return version.replace(/^\D+/, "").split(".").map(Number);
}
