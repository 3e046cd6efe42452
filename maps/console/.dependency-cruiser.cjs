/** Folders import one way: app → pages → parts → map, live → api → words, theme, clock. */
const ORDER = [
  ["app"],
  ["pages"],
  ["parts"],
  ["map", "live"],
  ["api"],
  ["words", "theme", "clock"],
];

const upward = ORDER.flatMap((folders, level) => {
  const above = ORDER.slice(0, level).flat();
  return folders
    .filter(() => above.length > 0)
    .map((folder) => ({
      name: `${folder}-imports-nothing-above`,
      severity: "error",
      from: { path: `^src/${folder}/` },
      to: { path: `^src/(${above.join("|")})/` },
    }));
});

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-page-imports-a-page",
      severity: "error",
      from: { path: "^src/pages/([^/]+)/" },
      to: { path: "^src/pages/", pathNot: "^src/pages/$1/" },
    },
    {
      name: "no-neighbours",
      severity: "error",
      from: { path: "^src/(map|live|words|theme|clock)/" },
      to: { path: "^src/(map|live|words|theme|clock)/", pathNot: "^src/($1|words|theme|clock)/" },
    },
    {
      name: "only-map-draws-maps",
      severity: "error",
      from: { pathNot: "^src/map/" },
      to: { path: "node_modules/(maplibre-gl|@vis\\.gl)/" },
    },
    {
      name: "only-api-speaks-http",
      severity: "error",
      from: { pathNot: "^src/api/" },
      to: { path: "node_modules/openapi-fetch/" },
    },
    {
      name: "nothing-unresolved",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "\\?url$" },
    },
    ...upward,
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "browser", "default"],
    },
  },
};
