// @ts-nocheck Generated from schemas/rehearsal.schema.json by scripts/compile-schemas.ts.
"use strict";
export const validate = validate10;

const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://matrix-auth-actions.example/schemas/rehearsal.schema.json","title":"What syn2mas-dry-run found","type":"object","required":["version","forecasts","receipts"],"additionalProperties":false,"properties":{"version":{"const":1},"forecasts":{"type":"array","items":{"$ref":"#/definitions/forecast"}},"receipts":{"type":"array","items":{"$ref":"receipt.schema.json"}}},"definitions":{"forecast":{"type":"object","required":["host","verdict","message","findings"],"additionalProperties":false,"properties":{"host":{"type":"string"},"verdict":{"enum":["clean","findings","failed"]},"message":{"type":"string"},"counts":{"type":"object","additionalProperties":{"type":"integer","minimum":0}},"windowSeconds":{"type":"number","minimum":0},"rehearsedAt":{"type":"string"},"findings":{"type":"array","items":{"$ref":"#/definitions/finding"}}}},"finding":{"description":"As in validation.schema.json; a tool's finding also has how many rows it stands for.","type":"object","required":["id","severity","message","why","remedy"],"additionalProperties":false,"properties":{"id":{"type":"string","pattern":"^[a-z0-9-]+/[a-z0-9-]+$"},"severity":{"enum":["error","warning","notice"]},"message":{"type":"string"},"host":{"type":"string"},"why":{"type":"string"},"remedy":{"type":"string"},"count":{"type":"integer","minimum":0}}}}};
const schema14 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://matrix-auth-actions.example/schemas/receipt.schema.json","title":"Receipt of a rehearsal","description":"What was rehearsed on a server, and with what. The copy that binds lies on the server, readable by root only.","type":"object","additionalProperties":false,"required":["version","host","dialect","playbook","variables","images","command","commandDigest","counts","findings","passes","rehearsalSeconds","forecastSeconds","at"],"properties":{"version":{"const":1},"host":{"type":"string","pattern":"^."},"dialect":{"enum":["syn2mas-tool","mas-cli"]},"playbook":{"type":"object","additionalProperties":false,"required":["digest"],"properties":{"commit":{"type":"string","pattern":"^[0-9a-f]{40,64}$"},"digest":{"type":"string","pattern":"^[0-9a-f]{64}$"}}},"variables":{"description":"An HMAC of the effective value of each variable that matters; the key stays on the server.","type":"object","additionalProperties":{"type":"string","pattern":"^[0-9a-f]{64}$"}},"images":{"description":"Image of each container that takes part.","type":"object","additionalProperties":{"type":"string"}},"command":{"type":"array","items":{"type":"string"}},"commandDigest":{"type":"string","pattern":"^[0-9a-f]{64}$"},"counts":{"description":"Rows of each category that the migration would carry over; null where this dialect does not.","type":"object","additionalProperties":{"type":["integer","null"],"minimum":0}},"findings":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["id","severity","message"],"properties":{"id":{"type":"string"},"severity":{"enum":["error","warning","notice"]},"message":{"type":"string"}}}},"passes":{"type":"boolean"},"rehearsalSeconds":{"type":"number","minimum":0},"forecastSeconds":{"description":"How long users are expected to wait during the migration.","type":"number","minimum":0},"at":{"type":"string","pattern":"^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$"}}};
const schema12 = {"type":"object","required":["host","verdict","message","findings"],"additionalProperties":false,"properties":{"host":{"type":"string"},"verdict":{"enum":["clean","findings","failed"]},"message":{"type":"string"},"counts":{"type":"object","additionalProperties":{"type":"integer","minimum":0}},"windowSeconds":{"type":"number","minimum":0},"rehearsedAt":{"type":"string"},"findings":{"type":"array","items":{"$ref":"#/definitions/finding"}}}};
const schema13 = {"description":"As in validation.schema.json; a tool's finding also has how many rows it stands for.","type":"object","required":["id","severity","message","why","remedy"],"additionalProperties":false,"properties":{"id":{"type":"string","pattern":"^[a-z0-9-]+/[a-z0-9-]+$"},"severity":{"enum":["error","warning","notice"]},"message":{"type":"string"},"host":{"type":"string"},"why":{"type":"string"},"remedy":{"type":"string"},"count":{"type":"integer","minimum":0}}};
const pattern0 = new RegExp("^[a-z0-9-]+/[a-z0-9-]+$", "u");

function validate11(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.host === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "host"},message:"must have required property '"+"host"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.verdict === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "verdict"},message:"must have required property '"+"verdict"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.message === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "message"},message:"must have required property '"+"message"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.findings === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "findings"},message:"must have required property '"+"findings"+"'"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!(((((((key0 === "host") || (key0 === "verdict")) || (key0 === "message")) || (key0 === "counts")) || (key0 === "windowSeconds")) || (key0 === "rehearsedAt")) || (key0 === "findings"))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.host !== undefined){
if(typeof data.host !== "string"){
const err5 = {instancePath:instancePath+"/host",schemaPath:"#/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.verdict !== undefined){
let data1 = data.verdict;
if(!(((data1 === "clean") || (data1 === "findings")) || (data1 === "failed"))){
const err6 = {instancePath:instancePath+"/verdict",schemaPath:"#/properties/verdict/enum",keyword:"enum",params:{allowedValues: schema12.properties.verdict.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.message !== undefined){
if(typeof data.message !== "string"){
const err7 = {instancePath:instancePath+"/message",schemaPath:"#/properties/message/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.counts !== undefined){
let data3 = data.counts;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key1 in data3){
let data4 = data3[key1];
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
const err8 = {instancePath:instancePath+"/counts/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/counts/additionalProperties/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 < 0 || isNaN(data4)){
const err9 = {instancePath:instancePath+"/counts/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/counts/additionalProperties/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
}
else {
const err10 = {instancePath:instancePath+"/counts",schemaPath:"#/properties/counts/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.windowSeconds !== undefined){
let data5 = data.windowSeconds;
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 < 0 || isNaN(data5)){
const err11 = {instancePath:instancePath+"/windowSeconds",schemaPath:"#/properties/windowSeconds/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/windowSeconds",schemaPath:"#/properties/windowSeconds/type",keyword:"type",params:{type: "number"},message:"must be number"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.rehearsedAt !== undefined){
if(typeof data.rehearsedAt !== "string"){
const err13 = {instancePath:instancePath+"/rehearsedAt",schemaPath:"#/properties/rehearsedAt/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.findings !== undefined){
let data7 = data.findings;
if(Array.isArray(data7)){
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
let data8 = data7[i0];
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(data8.id === undefined){
const err14 = {instancePath:instancePath+"/findings/" + i0,schemaPath:"#/definitions/finding/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data8.severity === undefined){
const err15 = {instancePath:instancePath+"/findings/" + i0,schemaPath:"#/definitions/finding/required",keyword:"required",params:{missingProperty: "severity"},message:"must have required property '"+"severity"+"'"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(data8.message === undefined){
const err16 = {instancePath:instancePath+"/findings/" + i0,schemaPath:"#/definitions/finding/required",keyword:"required",params:{missingProperty: "message"},message:"must have required property '"+"message"+"'"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(data8.why === undefined){
const err17 = {instancePath:instancePath+"/findings/" + i0,schemaPath:"#/definitions/finding/required",keyword:"required",params:{missingProperty: "why"},message:"must have required property '"+"why"+"'"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data8.remedy === undefined){
const err18 = {instancePath:instancePath+"/findings/" + i0,schemaPath:"#/definitions/finding/required",keyword:"required",params:{missingProperty: "remedy"},message:"must have required property '"+"remedy"+"'"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
for(const key2 in data8){
if(!(((((((key2 === "id") || (key2 === "severity")) || (key2 === "message")) || (key2 === "host")) || (key2 === "why")) || (key2 === "remedy")) || (key2 === "count"))){
const err19 = {instancePath:instancePath+"/findings/" + i0,schemaPath:"#/definitions/finding/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data8.id !== undefined){
let data9 = data8.id;
if(typeof data9 === "string"){
if(!pattern0.test(data9)){
const err20 = {instancePath:instancePath+"/findings/" + i0+"/id",schemaPath:"#/definitions/finding/properties/id/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9-]+/[a-z0-9-]+$"},message:"must match pattern \""+"^[a-z0-9-]+/[a-z0-9-]+$"+"\""};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/findings/" + i0+"/id",schemaPath:"#/definitions/finding/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data8.severity !== undefined){
let data10 = data8.severity;
if(!(((data10 === "error") || (data10 === "warning")) || (data10 === "notice"))){
const err22 = {instancePath:instancePath+"/findings/" + i0+"/severity",schemaPath:"#/definitions/finding/properties/severity/enum",keyword:"enum",params:{allowedValues: schema13.properties.severity.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data8.message !== undefined){
if(typeof data8.message !== "string"){
const err23 = {instancePath:instancePath+"/findings/" + i0+"/message",schemaPath:"#/definitions/finding/properties/message/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data8.host !== undefined){
if(typeof data8.host !== "string"){
const err24 = {instancePath:instancePath+"/findings/" + i0+"/host",schemaPath:"#/definitions/finding/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data8.why !== undefined){
if(typeof data8.why !== "string"){
const err25 = {instancePath:instancePath+"/findings/" + i0+"/why",schemaPath:"#/definitions/finding/properties/why/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data8.remedy !== undefined){
if(typeof data8.remedy !== "string"){
const err26 = {instancePath:instancePath+"/findings/" + i0+"/remedy",schemaPath:"#/definitions/finding/properties/remedy/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data8.count !== undefined){
let data15 = data8.count;
if(!(((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15))) && (isFinite(data15)))){
const err27 = {instancePath:instancePath+"/findings/" + i0+"/count",schemaPath:"#/definitions/finding/properties/count/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if((typeof data15 == "number") && (isFinite(data15))){
if(data15 < 0 || isNaN(data15)){
const err28 = {instancePath:instancePath+"/findings/" + i0+"/count",schemaPath:"#/definitions/finding/properties/count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
}
else {
const err29 = {instancePath:instancePath+"/findings/" + i0,schemaPath:"#/definitions/finding/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
else {
const err30 = {instancePath:instancePath+"/findings",schemaPath:"#/properties/findings/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
else {
const err31 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
validate11.errors = vErrors;
return errors === 0;
}

const func2 = Object.prototype.hasOwnProperty;
const pattern1 = new RegExp("^.", "u");
const pattern2 = new RegExp("^[0-9a-f]{40,64}$", "u");
const pattern3 = new RegExp("^[0-9a-f]{64}$", "u");
const pattern6 = new RegExp("^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$", "u");

function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="https://matrix-auth-actions.example/schemas/rehearsal.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.version === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "version"},message:"must have required property '"+"version"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.forecasts === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "forecasts"},message:"must have required property '"+"forecasts"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.receipts === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "receipts"},message:"must have required property '"+"receipts"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "version") || (key0 === "forecasts")) || (key0 === "receipts"))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.version !== undefined){
if(1 !== data.version){
const err4 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/const",keyword:"const",params:{allowedValue: 1},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.forecasts !== undefined){
let data1 = data.forecasts;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
if(!(validate11(data1[i0], {instancePath:instancePath+"/forecasts/" + i0,parentData:data1,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath:instancePath+"/forecasts",schemaPath:"#/properties/forecasts/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.receipts !== undefined){
let data3 = data.receipts;
if(Array.isArray(data3)){
const len1 = data3.length;
for(let i1=0; i1<len1; i1++){
let data4 = data3[i1];
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.version === undefined){
const err6 = {instancePath:instancePath+"/receipts/" + i1,schemaPath:"receipt.schema.json/required",keyword:"required",params:{missingProperty: "version"},message:"must have required property '"+"version"+"'"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data4.host === undefined){
const err7 = {instancePath:instancePath+"/receipts/" + i1,schemaPath:"receipt.schema.json/required",keyword:"required",params:{missingProperty: "host"},message:"must have required property '"+"host"+"'"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data4.dialect === undefined){
const err8 = {instancePath:instancePath+"/receipts/" + i1,schemaPath:"receipt.schema.json/required",keyword:"required",params:{missingProperty: "dialect"},message:"must have required property '"+"dialect"+"'"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data4.playbook === undefined){
const err9 = {instancePath:instancePath+"/receipts/" + i1,schemaPath:"receipt.schema.json/required",keyword:"required",params:{missingProperty: "playbook"},message:"must have required property '"+"playbook"+"'"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data4.variables === undefined){
const err10 = {instancePath:instancePath+"/receipts/" + i1,schemaPath:"receipt.schema.json/required",keyword:"required",params:{missingProperty: "variables"},message:"must have required property '"+"variables"+"'"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data4.images === undefined){
const err11 = {instancePath:instancePath+"/receipts/" + i1,schemaPath:"receipt.schema.json/required",keyword:"required",params:{missingProperty: "images"},message:"must have required property '"+"images"+"'"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data4.command === undefined){
const err12 = {instancePath:instancePath+"/receipts/" + i1,schemaPath:"receipt.schema.json/required",keyword:"required",params:{missingProperty: "command"},message:"must have required property '"+"command"+"'"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data4.commandDigest === undefined){
const err13 = {instancePath:instancePath+"/receipts/" + i1,schemaPath:"receipt.schema.json/required",keyword:"required",params:{missingProperty: "commandDigest"},message:"must have required property '"+"commandDigest"+"'"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(data4.counts === undefined){
const err14 = {instancePath:instancePath+"/receipts/" + i1,schemaPath:"receipt.schema.json/required",keyword:"required",params:{missingProperty: "counts"},message:"must have required property '"+"counts"+"'"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data4.findings === undefined){
const err15 = {instancePath:instancePath+"/receipts/" + i1,schemaPath:"receipt.schema.json/required",keyword:"required",params:{missingProperty: "findings"},message:"must have required property '"+"findings"+"'"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(data4.passes === undefined){
const err16 = {instancePath:instancePath+"/receipts/" + i1,schemaPath:"receipt.schema.json/required",keyword:"required",params:{missingProperty: "passes"},message:"must have required property '"+"passes"+"'"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(data4.rehearsalSeconds === undefined){
const err17 = {instancePath:instancePath+"/receipts/" + i1,schemaPath:"receipt.schema.json/required",keyword:"required",params:{missingProperty: "rehearsalSeconds"},message:"must have required property '"+"rehearsalSeconds"+"'"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data4.forecastSeconds === undefined){
const err18 = {instancePath:instancePath+"/receipts/" + i1,schemaPath:"receipt.schema.json/required",keyword:"required",params:{missingProperty: "forecastSeconds"},message:"must have required property '"+"forecastSeconds"+"'"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data4.at === undefined){
const err19 = {instancePath:instancePath+"/receipts/" + i1,schemaPath:"receipt.schema.json/required",keyword:"required",params:{missingProperty: "at"},message:"must have required property '"+"at"+"'"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
for(const key1 in data4){
if(!(func2.call(schema14.properties, key1))){
const err20 = {instancePath:instancePath+"/receipts/" + i1,schemaPath:"receipt.schema.json/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data4.version !== undefined){
if(1 !== data4.version){
const err21 = {instancePath:instancePath+"/receipts/" + i1+"/version",schemaPath:"receipt.schema.json/properties/version/const",keyword:"const",params:{allowedValue: 1},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data4.host !== undefined){
let data6 = data4.host;
if(typeof data6 === "string"){
if(!pattern1.test(data6)){
const err22 = {instancePath:instancePath+"/receipts/" + i1+"/host",schemaPath:"receipt.schema.json/properties/host/pattern",keyword:"pattern",params:{pattern: "^."},message:"must match pattern \""+"^."+"\""};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
else {
const err23 = {instancePath:instancePath+"/receipts/" + i1+"/host",schemaPath:"receipt.schema.json/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data4.dialect !== undefined){
let data7 = data4.dialect;
if(!((data7 === "syn2mas-tool") || (data7 === "mas-cli"))){
const err24 = {instancePath:instancePath+"/receipts/" + i1+"/dialect",schemaPath:"receipt.schema.json/properties/dialect/enum",keyword:"enum",params:{allowedValues: schema14.properties.dialect.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data4.playbook !== undefined){
let data8 = data4.playbook;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(data8.digest === undefined){
const err25 = {instancePath:instancePath+"/receipts/" + i1+"/playbook",schemaPath:"receipt.schema.json/properties/playbook/required",keyword:"required",params:{missingProperty: "digest"},message:"must have required property '"+"digest"+"'"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
for(const key2 in data8){
if(!((key2 === "commit") || (key2 === "digest"))){
const err26 = {instancePath:instancePath+"/receipts/" + i1+"/playbook",schemaPath:"receipt.schema.json/properties/playbook/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data8.commit !== undefined){
let data9 = data8.commit;
if(typeof data9 === "string"){
if(!pattern2.test(data9)){
const err27 = {instancePath:instancePath+"/receipts/" + i1+"/playbook/commit",schemaPath:"receipt.schema.json/properties/playbook/properties/commit/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{40,64}$"},message:"must match pattern \""+"^[0-9a-f]{40,64}$"+"\""};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
else {
const err28 = {instancePath:instancePath+"/receipts/" + i1+"/playbook/commit",schemaPath:"receipt.schema.json/properties/playbook/properties/commit/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data8.digest !== undefined){
let data10 = data8.digest;
if(typeof data10 === "string"){
if(!pattern3.test(data10)){
const err29 = {instancePath:instancePath+"/receipts/" + i1+"/playbook/digest",schemaPath:"receipt.schema.json/properties/playbook/properties/digest/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
else {
const err30 = {instancePath:instancePath+"/receipts/" + i1+"/playbook/digest",schemaPath:"receipt.schema.json/properties/playbook/properties/digest/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
else {
const err31 = {instancePath:instancePath+"/receipts/" + i1+"/playbook",schemaPath:"receipt.schema.json/properties/playbook/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data4.variables !== undefined){
let data11 = data4.variables;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
for(const key3 in data11){
let data12 = data11[key3];
if(typeof data12 === "string"){
if(!pattern3.test(data12)){
const err32 = {instancePath:instancePath+"/receipts/" + i1+"/variables/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"receipt.schema.json/properties/variables/additionalProperties/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
else {
const err33 = {instancePath:instancePath+"/receipts/" + i1+"/variables/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"receipt.schema.json/properties/variables/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
}
else {
const err34 = {instancePath:instancePath+"/receipts/" + i1+"/variables",schemaPath:"receipt.schema.json/properties/variables/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data4.images !== undefined){
let data13 = data4.images;
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
for(const key4 in data13){
if(typeof data13[key4] !== "string"){
const err35 = {instancePath:instancePath+"/receipts/" + i1+"/images/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"receipt.schema.json/properties/images/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
}
else {
const err36 = {instancePath:instancePath+"/receipts/" + i1+"/images",schemaPath:"receipt.schema.json/properties/images/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data4.command !== undefined){
let data15 = data4.command;
if(Array.isArray(data15)){
const len2 = data15.length;
for(let i2=0; i2<len2; i2++){
if(typeof data15[i2] !== "string"){
const err37 = {instancePath:instancePath+"/receipts/" + i1+"/command/" + i2,schemaPath:"receipt.schema.json/properties/command/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
}
else {
const err38 = {instancePath:instancePath+"/receipts/" + i1+"/command",schemaPath:"receipt.schema.json/properties/command/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data4.commandDigest !== undefined){
let data17 = data4.commandDigest;
if(typeof data17 === "string"){
if(!pattern3.test(data17)){
const err39 = {instancePath:instancePath+"/receipts/" + i1+"/commandDigest",schemaPath:"receipt.schema.json/properties/commandDigest/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
else {
const err40 = {instancePath:instancePath+"/receipts/" + i1+"/commandDigest",schemaPath:"receipt.schema.json/properties/commandDigest/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data4.counts !== undefined){
let data18 = data4.counts;
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
for(const key5 in data18){
let data19 = data18[key5];
if((!(((typeof data19 == "number") && (!(data19 % 1) && !isNaN(data19))) && (isFinite(data19)))) && (data19 !== null)){
const err41 = {instancePath:instancePath+"/receipts/" + i1+"/counts/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"receipt.schema.json/properties/counts/additionalProperties/type",keyword:"type",params:{type: schema14.properties.counts.additionalProperties.type},message:"must be integer,null"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
if((typeof data19 == "number") && (isFinite(data19))){
if(data19 < 0 || isNaN(data19)){
const err42 = {instancePath:instancePath+"/receipts/" + i1+"/counts/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"receipt.schema.json/properties/counts/additionalProperties/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
}
}
else {
const err43 = {instancePath:instancePath+"/receipts/" + i1+"/counts",schemaPath:"receipt.schema.json/properties/counts/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data4.findings !== undefined){
let data20 = data4.findings;
if(Array.isArray(data20)){
const len3 = data20.length;
for(let i3=0; i3<len3; i3++){
let data21 = data20[i3];
if(data21 && typeof data21 == "object" && !Array.isArray(data21)){
if(data21.id === undefined){
const err44 = {instancePath:instancePath+"/receipts/" + i1+"/findings/" + i3,schemaPath:"receipt.schema.json/properties/findings/items/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
if(data21.severity === undefined){
const err45 = {instancePath:instancePath+"/receipts/" + i1+"/findings/" + i3,schemaPath:"receipt.schema.json/properties/findings/items/required",keyword:"required",params:{missingProperty: "severity"},message:"must have required property '"+"severity"+"'"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
if(data21.message === undefined){
const err46 = {instancePath:instancePath+"/receipts/" + i1+"/findings/" + i3,schemaPath:"receipt.schema.json/properties/findings/items/required",keyword:"required",params:{missingProperty: "message"},message:"must have required property '"+"message"+"'"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
for(const key6 in data21){
if(!(((key6 === "id") || (key6 === "severity")) || (key6 === "message"))){
const err47 = {instancePath:instancePath+"/receipts/" + i1+"/findings/" + i3,schemaPath:"receipt.schema.json/properties/findings/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data21.id !== undefined){
if(typeof data21.id !== "string"){
const err48 = {instancePath:instancePath+"/receipts/" + i1+"/findings/" + i3+"/id",schemaPath:"receipt.schema.json/properties/findings/items/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
if(data21.severity !== undefined){
let data23 = data21.severity;
if(!(((data23 === "error") || (data23 === "warning")) || (data23 === "notice"))){
const err49 = {instancePath:instancePath+"/receipts/" + i1+"/findings/" + i3+"/severity",schemaPath:"receipt.schema.json/properties/findings/items/properties/severity/enum",keyword:"enum",params:{allowedValues: schema14.properties.findings.items.properties.severity.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
if(data21.message !== undefined){
if(typeof data21.message !== "string"){
const err50 = {instancePath:instancePath+"/receipts/" + i1+"/findings/" + i3+"/message",schemaPath:"receipt.schema.json/properties/findings/items/properties/message/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
}
else {
const err51 = {instancePath:instancePath+"/receipts/" + i1+"/findings/" + i3,schemaPath:"receipt.schema.json/properties/findings/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
}
else {
const err52 = {instancePath:instancePath+"/receipts/" + i1+"/findings",schemaPath:"receipt.schema.json/properties/findings/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
if(data4.passes !== undefined){
if(typeof data4.passes !== "boolean"){
const err53 = {instancePath:instancePath+"/receipts/" + i1+"/passes",schemaPath:"receipt.schema.json/properties/passes/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
if(data4.rehearsalSeconds !== undefined){
let data26 = data4.rehearsalSeconds;
if((typeof data26 == "number") && (isFinite(data26))){
if(data26 < 0 || isNaN(data26)){
const err54 = {instancePath:instancePath+"/receipts/" + i1+"/rehearsalSeconds",schemaPath:"receipt.schema.json/properties/rehearsalSeconds/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
else {
const err55 = {instancePath:instancePath+"/receipts/" + i1+"/rehearsalSeconds",schemaPath:"receipt.schema.json/properties/rehearsalSeconds/type",keyword:"type",params:{type: "number"},message:"must be number"};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
if(data4.forecastSeconds !== undefined){
let data27 = data4.forecastSeconds;
if((typeof data27 == "number") && (isFinite(data27))){
if(data27 < 0 || isNaN(data27)){
const err56 = {instancePath:instancePath+"/receipts/" + i1+"/forecastSeconds",schemaPath:"receipt.schema.json/properties/forecastSeconds/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
else {
const err57 = {instancePath:instancePath+"/receipts/" + i1+"/forecastSeconds",schemaPath:"receipt.schema.json/properties/forecastSeconds/type",keyword:"type",params:{type: "number"},message:"must be number"};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
if(data4.at !== undefined){
let data28 = data4.at;
if(typeof data28 === "string"){
if(!pattern6.test(data28)){
const err58 = {instancePath:instancePath+"/receipts/" + i1+"/at",schemaPath:"receipt.schema.json/properties/at/pattern",keyword:"pattern",params:{pattern: "^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$"},message:"must match pattern \""+"^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$"+"\""};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
else {
const err59 = {instancePath:instancePath+"/receipts/" + i1+"/at",schemaPath:"receipt.schema.json/properties/at/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
}
else {
const err60 = {instancePath:instancePath+"/receipts/" + i1,schemaPath:"receipt.schema.json/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
}
else {
const err61 = {instancePath:instancePath+"/receipts",schemaPath:"#/properties/receipts/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
}
else {
const err62 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}

