import { i as validateConfig, n as fetchedSources, r as requirePlaybook, t as availableSources } from "./action11.js";

export { validateConfig };