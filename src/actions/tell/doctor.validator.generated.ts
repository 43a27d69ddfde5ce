// @ts-nocheck Generated from schemas/doctor.schema.json by scripts/compile-schemas.ts.
"use strict";
export const validate = validate10;

const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://matrix-auth-actions.example/schemas/doctor.schema.json","title":"What doctor found","type":"object","required":["version","hosts"],"additionalProperties":false,"properties":{"version":{"const":1},"hosts":{"type":"array","items":{"type":"object","required":["host","findings","good","healthy"],"additionalProperties":false,"properties":{"host":{"type":"string","pattern":"^."},"stage":{"$ref":"validation.schema.json#/definitions/actualStage"},"findings":{"type":"array","items":{"$ref":"rehearsal.schema.json#/definitions/finding"}},"good":{"type":"integer","minimum":0},"healthy":{"type":"boolean"}}}}}};
const schema18 = {"enum":["absent","installed","partial","migrated","live","inconsistent"]};
const schema27 = {"description":"As in validation.schema.json; a tool's finding also has how many rows it stands for.","type":"object","required":["id","severity","message","why","remedy"],"additionalProperties":false,"properties":{"id":{"type":"string","pattern":"^[a-z0-9-]+/[a-z0-9-]+$"},"severity":{"enum":["error","warning","notice"]},"message":{"type":"string"},"host":{"type":"string"},"why":{"type":"string"},"remedy":{"type":"string"},"count":{"type":"integer","minimum":0}}};
const pattern0 = new RegExp("^.", "u");
const pattern1 = new RegExp("^[a-z0-9-]+/[a-z0-9-]+$", "u");

function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="https://matrix-auth-actions.example/schemas/doctor.schema.json" */;
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
if(data.hosts === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "hosts"},message:"must have required property '"+"hosts"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "version") || (key0 === "hosts"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.version !== undefined){
if(1 !== data.version){
const err3 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/const",keyword:"const",params:{allowedValue: 1},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.hosts !== undefined){
let data1 = data.hosts;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.host === undefined){
const err4 = {instancePath:instancePath+"/hosts/" + i0,schemaPath:"#/properties/hosts/items/required",keyword:"required",params:{missingProperty: "host"},message:"must have required property '"+"host"+"'"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data2.findings === undefined){
const err5 = {instancePath:instancePath+"/hosts/" + i0,schemaPath:"#/properties/hosts/items/required",keyword:"required",params:{missingProperty: "findings"},message:"must have required property '"+"findings"+"'"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data2.good === undefined){
const err6 = {instancePath:instancePath+"/hosts/" + i0,schemaPath:"#/properties/hosts/items/required",keyword:"required",params:{missingProperty: "good"},message:"must have required property '"+"good"+"'"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data2.healthy === undefined){
const err7 = {instancePath:instancePath+"/hosts/" + i0,schemaPath:"#/properties/hosts/items/required",keyword:"required",params:{missingProperty: "healthy"},message:"must have required property '"+"healthy"+"'"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
for(const key1 in data2){
if(!(((((key1 === "host") || (key1 === "stage")) || (key1 === "findings")) || (key1 === "good")) || (key1 === "healthy"))){
const err8 = {instancePath:instancePath+"/hosts/" + i0,schemaPath:"#/properties/hosts/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data2.host !== undefined){
let data3 = data2.host;
if(typeof data3 === "string"){
if(!pattern0.test(data3)){
const err9 = {instancePath:instancePath+"/hosts/" + i0+"/host",schemaPath:"#/properties/hosts/items/properties/host/pattern",keyword:"pattern",params:{pattern: "^."},message:"must match pattern \""+"^."+"\""};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/hosts/" + i0+"/host",schemaPath:"#/properties/hosts/items/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data2.stage !== undefined){
let data4 = data2.stage;
if(!((((((data4 === "absent") || (data4 === "installed")) || (data4 === "partial")) || (data4 === "migrated")) || (data4 === "live")) || (data4 === "inconsistent"))){
const err11 = {instancePath:instancePath+"/hosts/" + i0+"/stage",schemaPath:"validation.schema.json#/definitions/actualStage/enum",keyword:"enum",params:{allowedValues: schema18.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data2.findings !== undefined){
let data5 = data2.findings;
if(Array.isArray(data5)){
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
let data6 = data5[i1];
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(data6.id === undefined){
const err12 = {instancePath:instancePath+"/hosts/" + i0+"/findings/" + i1,schemaPath:"rehearsal.schema.json#/definitions/finding/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data6.severity === undefined){
const err13 = {instancePath:instancePath+"/hosts/" + i0+"/findings/" + i1,schemaPath:"rehearsal.schema.json#/definitions/finding/required",keyword:"required",params:{missingProperty: "severity"},message:"must have required property '"+"severity"+"'"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(data6.message === undefined){
const err14 = {instancePath:instancePath+"/hosts/" + i0+"/findings/" + i1,schemaPath:"rehearsal.schema.json#/definitions/finding/required",keyword:"required",params:{missingProperty: "message"},message:"must have required property '"+"message"+"'"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data6.why === undefined){
const err15 = {instancePath:instancePath+"/hosts/" + i0+"/findings/" + i1,schemaPath:"rehearsal.schema.json#/definitions/finding/required",keyword:"required",params:{missingProperty: "why"},message:"must have required property '"+"why"+"'"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(data6.remedy === undefined){
const err16 = {instancePath:instancePath+"/hosts/" + i0+"/findings/" + i1,schemaPath:"rehearsal.schema.json#/definitions/finding/required",keyword:"required",params:{missingProperty: "remedy"},message:"must have required property '"+"remedy"+"'"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
for(const key2 in data6){
if(!(((((((key2 === "id") || (key2 === "severity")) || (key2 === "message")) || (key2 === "host")) || (key2 === "why")) || (key2 === "remedy")) || (key2 === "count"))){
const err17 = {instancePath:instancePath+"/hosts/" + i0+"/findings/" + i1,schemaPath:"rehearsal.schema.json#/definitions/finding/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data6.id !== undefined){
let data7 = data6.id;
if(typeof data7 === "string"){
if(!pattern1.test(data7)){
const err18 = {instancePath:instancePath+"/hosts/" + i0+"/findings/" + i1+"/id",schemaPath:"rehearsal.schema.json#/definitions/finding/properties/id/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9-]+/[a-z0-9-]+$"},message:"must match pattern \""+"^[a-z0-9-]+/[a-z0-9-]+$"+"\""};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
else {
const err19 = {instancePath:instancePath+"/hosts/" + i0+"/findings/" + i1+"/id",schemaPath:"rehearsal.schema.json#/definitions/finding/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data6.severity !== undefined){
let data8 = data6.severity;
if(!(((data8 === "error") || (data8 === "warning")) || (data8 === "notice"))){
const err20 = {instancePath:instancePath+"/hosts/" + i0+"/findings/" + i1+"/severity",schemaPath:"rehearsal.schema.json#/definitions/finding/properties/severity/enum",keyword:"enum",params:{allowedValues: schema27.properties.severity.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data6.message !== undefined){
if(typeof data6.message !== "string"){
const err21 = {instancePath:instancePath+"/hosts/" + i0+"/findings/" + i1+"/message",schemaPath:"rehearsal.schema.json#/definitions/finding/properties/message/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data6.host !== undefined){
if(typeof data6.host !== "string"){
const err22 = {instancePath:instancePath+"/hosts/" + i0+"/findings/" + i1+"/host",schemaPath:"rehearsal.schema.json#/definitions/finding/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data6.why !== undefined){
if(typeof data6.why !== "string"){
const err23 = {instancePath:instancePath+"/hosts/" + i0+"/findings/" + i1+"/why",schemaPath:"rehearsal.schema.json#/definitions/finding/properties/why/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data6.remedy !== undefined){
if(typeof data6.remedy !== "string"){
const err24 = {instancePath:instancePath+"/hosts/" + i0+"/findings/" + i1+"/remedy",schemaPath:"rehearsal.schema.json#/definitions/finding/properties/remedy/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data6.count !== undefined){
let data13 = data6.count;
if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
const err25 = {instancePath:instancePath+"/hosts/" + i0+"/findings/" + i1+"/count",schemaPath:"rehearsal.schema.json#/definitions/finding/properties/count/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 < 0 || isNaN(data13)){
const err26 = {instancePath:instancePath+"/hosts/" + i0+"/findings/" + i1+"/count",schemaPath:"rehearsal.schema.json#/definitions/finding/properties/count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
}
}
else {
const err27 = {instancePath:instancePath+"/hosts/" + i0+"/findings/" + i1,schemaPath:"rehearsal.schema.json#/definitions/finding/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
else {
const err28 = {instancePath:instancePath+"/hosts/" + i0+"/findings",schemaPath:"#/properties/hosts/items/properties/findings/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data2.good !== undefined){
let data14 = data2.good;
if(!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))){
const err29 = {instancePath:instancePath+"/hosts/" + i0+"/good",schemaPath:"#/properties/hosts/items/properties/good/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 < 0 || isNaN(data14)){
const err30 = {instancePath:instancePath+"/hosts/" + i0+"/good",schemaPath:"#/properties/hosts/items/properties/good/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
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
if(data2.healthy !== undefined){
if(typeof data2.healthy !== "boolean"){
const err31 = {instancePath:instancePath+"/hosts/" + i0+"/healthy",schemaPath:"#/properties/hosts/items/properties/healthy/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
else {
const err32 = {instancePath:instancePath+"/hosts/" + i0,schemaPath:"#/properties/hosts/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
else {
const err33 = {instancePath:instancePath+"/hosts",schemaPath:"#/properties/hosts/type",keyword:"type",params:{type: "array"},message:"must be array"};
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
const err34 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}

