import { t as gitFiles } from "./git-files.js";

export { gitFiles };