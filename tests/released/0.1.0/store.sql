BEGIN TRANSACTION;
CREATE TABLE aimaturity_version (
	version_num TEXT NOT NULL, 
	CONSTRAINT pk_aimaturity_version PRIMARY KEY (version_num)
);
INSERT INTO "aimaturity_version" VALUES('0001');
CREATE TABLE answer_event (
	assessment INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	variable TEXT NOT NULL, 
	voice TEXT NOT NULL, 
	origin TEXT NOT NULL, 
	given TEXT NOT NULL, 
	who TEXT, 
	at TEXT NOT NULL, 
	aside INTEGER NOT NULL, 
	CONSTRAINT pk_answer_event PRIMARY KEY (assessment, seq), 
	CONSTRAINT ck_answer_event_voice CHECK (voice IN ('adviser', 'company')), 
	CONSTRAINT ck_answer_event_origin CHECK (origin IN ('interview', 'import', 'carried')), 
	CONSTRAINT fk_answer_event_assessment FOREIGN KEY(assessment) REFERENCES assessment (number)
);
INSERT INTO "answer_event" VALUES(1,1,'data_inventory','adviser','interview','{"state": "answered", "value": "in_heads", "evidence": "seen", "evidence_note": "Schemalagd export ur affärssystemet, måndagar 06.00", "comment": "Fråga Åsa", "why": "läste fel"}','Å. Exempel','2026-11-23T09:07:00.000+01:00',0);
INSERT INTO "answer_event" VALUES(1,2,'data_digital','adviser','interview','{"state": "answered", "value": ["orders", "images"]}','Å. Exempel','2026-11-23T09:07:00.000+01:00',0);
INSERT INTO "answer_event" VALUES(1,3,'head_count','adviser','interview','{"state": "answered", "value": {"women": 4.0, "men": 9.0, "other_unstated": 0.0}}','Å. Exempel','2026-11-23T09:07:00.000+01:00',0);
INSERT INTO "answer_event" VALUES(1,4,'counted_in_part','adviser','interview','{"state": "blank", "value": {"women": 4.0}}','Å. Exempel','2026-11-23T09:07:00.000+01:00',0);
INSERT INTO "answer_event" VALUES(1,5,'business_case','adviser','interview','{"state": "dont_know", "ask": "ekonomichefen"}','Å. Exempel','2026-11-23T09:07:00.000+01:00',0);
INSERT INTO "answer_event" VALUES(1,6,'energy_data','adviser','interview','{"state": "not_applicable", "reason": "Allt ingår i hyran"}','Å. Exempel','2026-11-23T09:07:00.000+01:00',0);
INSERT INTO "answer_event" VALUES(1,7,'turnover','adviser','interview','{"state": "answered", "value": 0.30000000000000004}','Å. Exempel','2026-11-23T09:07:00.000+01:00',0);
INSERT INTO "answer_event" VALUES(1,8,'a_day','adviser','interview','{"state": "answered", "value": "2026-11-23"}','Å. Exempel','2026-11-23T09:07:00.000+01:00',0);
INSERT INTO "answer_event" VALUES(1,9,'words','adviser','interview','{"state": "answered", "value": "rader\noch \"citat\", \u0000 \ud800 \u202e \ud83d\ude42"}','Å. Exempel','2026-11-23T09:07:00.000+01:00',0);
INSERT INTO "answer_event" VALUES(1,10,'unread','adviser','interview','{"state": "blank", "raw": "pilott"}','Å. Exempel','2026-11-23T09:07:00.000+01:00',0);
INSERT INTO "answer_event" VALUES(1,11,'taken_back','adviser','interview','{"state": "blank"}','Å. Exempel','2026-11-23T09:07:00.000+01:00',0);
INSERT INTO "answer_event" VALUES(1,12,'data_inventory','adviser','interview','{"state": "dont_know", "ask": "ekonomichefen"}','Å. Exempel','2026-11-23T09:08:00.000+01:00',0);
INSERT INTO "answer_event" VALUES(1,13,'data_inventory','company','import','{"state": "answered", "value": ["orders", "images"]}','Östen Ö','2026-11-23T09:08:00.000+01:00',0);
INSERT INTO "answer_event" VALUES(2,1,'data_access','adviser','interview','{"state": "answered", "value": 0.30000000000000004}',NULL,'2026-11-23T09:14:00.000+01:00',1);
CREATE TABLE assessment (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id TEXT NOT NULL, 
	company TEXT NOT NULL, 
	definition TEXT NOT NULL, 
	occasion TEXT, 
	adviser TEXT, 
	present TEXT, 
	language TEXT, 
	date TEXT NOT NULL, 
	started TEXT NOT NULL, 
	finished TEXT, 
	position TEXT, 
	seconds FLOAT NOT NULL, 
	events INTEGER NOT NULL, 
	CONSTRAINT ck_assessment_occasion CHECK (occasion IN ('T0', 'T1', 'T2')), 
	CONSTRAINT uq_assessment_id UNIQUE (id), 
	CONSTRAINT fk_assessment_company FOREIGN KEY(company) REFERENCES company (id), 
	CONSTRAINT fk_assessment_definition FOREIGN KEY(definition) REFERENCES definition (hash)
);
INSERT INTO "assessment" VALUES(1,'35eg5q372u','556016-0680','sha256:77249856c0bd02f047124a109d6f430e3bc3743812dbcd26cc8c88f5c10d2cb6','T0','Å. Exempel',NULL,'sv','2026-11-23','2026-11-23T09:03:00.000+01:00','2026-11-23T09:09:00.000+01:00','data_inventory',61.5,13);
INSERT INTO "assessment" VALUES(2,'qt8tfsyq4j','556016-0680','sha256:77249856c0bd02f047124a109d6f430e3bc3743812dbcd26cc8c88f5c10d2cb6',NULL,NULL,NULL,NULL,'2026-11-23','2026-11-23T09:05:00.000+01:00',NULL,NULL,0.0,1);
CREATE TABLE company (
	id TEXT NOT NULL, 
	name TEXT, 
	organisationsnummer TEXT, 
	created TEXT NOT NULL, 
	merged_into TEXT, 
	CONSTRAINT pk_company PRIMARY KEY (id), 
	CONSTRAINT uq_company_organisationsnummer UNIQUE (organisationsnummer), 
	CONSTRAINT fk_company_merged_into FOREIGN KEY(merged_into) REFERENCES company (id)
);
INSERT INTO "company" VALUES('556016-0680','Brösarps Finmekanik AB','556016-0680','2026-11-23T09:01:00.000+01:00',NULL);
INSERT INTO "company" VALUES('Brösarps Finmek','Brösarps Finmek',NULL,'2026-11-23T09:02:00.000+01:00','556016-0680');
CREATE TABLE definition (
	hash TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	id TEXT NOT NULL, 
	version TEXT NOT NULL, 
	content TEXT NOT NULL, 
	kept TEXT NOT NULL, 
	CONSTRAINT pk_definition PRIMARY KEY (hash), 
	CONSTRAINT ck_definition_kind CHECK (kind IN ('questionnaire', 'scoring'))
);
INSERT INTO "definition" VALUES('sha256:77249856c0bd02f047124a109d6f430e3bc3743812dbcd26cc8c88f5c10d2cb6','questionnaire','my-method','0.1.0','{"answer_sets":{"yes_no":[{"id":"yes","text":{"en":"Yes","sv":"Ja"}},{"id":"no","text":{"en":"No","sv":"Nej"}}]},"languages":["sv","en"],"questionnaire":"my-method","sections":[{"id":"company","questions":[{"id":"head_count","kind":"counts","maximum":100000.0,"parts":[{"id":"women","text":{"en":"Women","sv":"Kvinnor"}},{"id":"men","text":{"en":"Men","sv":"Män"}}],"text":{"en":"How many work in the company?","sv":"Hur många arbetar i företaget?"},"unit":{"en":"persons","sv":"personer"}}],"title":{"en":"The company","sv":"Företaget"}},{"id":"ai","questions":[{"evidence":{"en":"Ask them to show it.","sv":"Be dem visa."},"help":{"en":"AI in bought systems counts.","sv":"AI i köpta system räknas."},"id":"ai_use","kind":"single","options":[{"id":"none_in_use","text":{"en":"Not at all","sv":"Inte alls"}},{"id":"tried","text":{"en":"We have tried","sv":"Vi har provat"}},{"id":"daily","text":{"en":"Daily in one process","sv":"Varje dag i en process"}}],"text":{"en":"How do you use AI today?","sv":"Hur använder ni AI i dag?"}},{"id":"watched","kind":"single","options":[{"id":"nobody","text":{"en":"We don''t","sv":"Det gör vi inte"}},{"id":"complaints","text":{"en":"When somebody complains","sv":"När någon klagar"}},{"id":"samples","text":{"en":"We take samples","sv":"Vi gör stickprov"}}],"show_if":{"at_least":"tried","question":"ai_use"},"text":{"en":"How do you notice if AI goes wrong?","sv":"Hur märker ni om AI gör fel?"}},{"id":"data_kinds","kind":"multiple","options":[{"id":"orders","text":{"en":"Orders","sv":"Order"}},{"id":"production","text":{"en":"Production","sv":"Produktion"}},{"id":"energy","text":{"en":"Energy","sv":"Energi"}},{"exclusive":true,"id":"none_of_these","text":{"en":"None of these","sv":"Inget av detta"}}],"text":{"en":"Which data do you have in digital form?","sv":"Vilka uppgifter har ni digitalt?"}},{"answers":"yes_no","id":"policy","kind":"single","text":{"en":"Is there a written rule for AI tools?","sv":"Finns en skriven regel för AI-verktyg?"}},{"id":"hours","kind":"number","maximum":10000.0,"text":{"en":"How many hours of AI training did you have last year?","sv":"Hur många timmar AI-utbildning fick ni i fjol?"},"unit":{"en":"hours","sv":"timmar"}}],"title":{"en":"AI today","sv":"AI i dag"}}],"title":{"en":"My method","sv":"Min metod"},"version":"0.1.0"}','2026-11-23T09:04:00.000+01:00');
CREATE TABLE erasing (
	assessment INTEGER NOT NULL, 
	CONSTRAINT pk_erasing PRIMARY KEY (assessment)
);
CREATE TABLE hold (
	assessment INTEGER NOT NULL, 
	who TEXT, 
	since TEXT NOT NULL, 
	host TEXT NOT NULL, 
	pid INTEGER NOT NULL, 
	token TEXT NOT NULL, 
	CONSTRAINT pk_hold PRIMARY KEY (assessment), 
	CONSTRAINT fk_hold_assessment FOREIGN KEY(assessment) REFERENCES assessment (number)
);
CREATE TABLE imported (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	assessment INTEGER NOT NULL, 
	voice TEXT NOT NULL, 
	source TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	at TEXT NOT NULL, 
	CONSTRAINT fk_imported_assessment FOREIGN KEY(assessment) REFERENCES assessment (number)
);
INSERT INTO "imported" VALUES(1,1,'company','enkät.csv','row 2','sha256:0','2026-11-23T09:15:00.000+01:00');
CREATE TABLE log (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at TEXT NOT NULL, 
	what TEXT NOT NULL, 
	company TEXT, 
	facts TEXT NOT NULL
);
INSERT INTO "log" VALUES(1,'2026-11-23T09:01:00.000+01:00','added','556016-0680','{}');
INSERT INTO "log" VALUES(2,'2026-11-23T09:02:00.000+01:00','added','Brösarps Finmek','{}');
INSERT INTO "log" VALUES(3,'2026-11-23T09:11:00.000+01:00','merged','556016-0680','{"assessments": ["qt8tfsyq4j"], "id": "Brösarps Finmek", "name": "Brösarps Finmek", "organisationsnummer": null}');
CREATE TABLE report (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	assessment INTEGER NOT NULL, 
	path TEXT NOT NULL, 
	written TEXT NOT NULL, 
	CONSTRAINT uq_report_assessment_path UNIQUE (assessment, path), 
	CONSTRAINT fk_report_assessment FOREIGN KEY(assessment) REFERENCES assessment (number)
);
INSERT INTO "report" VALUES(1,1,'rapporter/brosarp.html','2026-11-23T09:10:00.000+01:00');
CREATE INDEX ix_company_merged_into ON company (merged_into);
CREATE INDEX ix_log_company ON log (company);
CREATE INDEX ix_assessment_company ON assessment (company);
CREATE INDEX ix_imported_assessment ON imported (assessment);
CREATE TRIGGER answer_event_never_changed BEFORE UPDATE ON answer_event BEGIN SELECT RAISE(ABORT, 'an answer event is never changed'); END;
CREATE TRIGGER answer_event_never_deleted BEFORE DELETE ON answer_event WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE erasing.assessment = OLD.assessment) BEGIN SELECT RAISE(ABORT, 'an answer event is deleted only when its company is erased'); END;
CREATE TRIGGER definition_never_changed BEFORE UPDATE ON definition BEGIN SELECT RAISE(ABORT, 'a definition is never changed'); END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('log',3);
INSERT INTO "sqlite_sequence" VALUES('assessment',2);
INSERT INTO "sqlite_sequence" VALUES('report',1);
INSERT INTO "sqlite_sequence" VALUES('imported',1);
COMMIT;
