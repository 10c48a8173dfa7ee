<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>QObject</name>
    <message>
        <source>Source missing</source>
        <translation>Quelle fehlt</translation>
    </message>
    <message>
        <source>Source type changed</source>
        <translation>Quelle von anderer Art</translation>
    </message>
    <message>
        <source>Stale inode</source>
        <translation>Alter Inode</translation>
    </message>
    <message>
        <source>Not loaded</source>
        <translation>Nicht geladen</translation>
    </message>
    <message>
        <source>Changed since start</source>
        <translation>Seit Start geändert</translation>
    </message>
    <message>
        <source>Detached inode</source>
        <translation>Abgelöster Inode</translation>
    </message>
    <message>
        <source>Not running</source>
        <translation>Läuft nicht</translation>
    </message>
    <message>
        <source>In sync</source>
        <translation>Synchron</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>inode %1</source>
        <translation>Inode %1</translation>
    </message>
    <message>
        <source>does not exist</source>
        <translation>existiert nicht</translation>
    </message>
    <message>
        <source>too large to hash</source>
        <translation>zu groß zum Hashen</translation>
    </message>
    <message>
        <source>since %1 (%2 ago)</source>
        <translation>seit %1 (vor %2)</translation>
    </message>
    <message>
        <source> (inode %1, %2 bytes)</source>
        <translation> (Inode %1, %2 Bytes)</translation>
    </message>
    <message>
        <source>host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>container</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>%1 ordered a restart: %2</source>
        <translation>%1 ordnete einen Neustart an: %2</translation>
    </message>
    <message>
        <source>Restart done: %1</source>
        <translation>Neustart fertig: %1</translation>
    </message>
    <message>
        <source>What became of a restart was looked up: %1</source>
        <translation>Was aus einem Neustart wurde, wurde nachgesehen: %1</translation>
    </message>
    <message>
        <source>A restart was refused: %1</source>
        <translation>Ein Neustart wurde abgelehnt: %1</translation>
    </message>
    <message>
        <source>%1 was shown the secrets of this container&apos;s files: %2</source>
        <translation>%1 bekam die Geheimnisse in den Dateien dieses Containers gezeigt: %2</translation>
    </message>
    <message>
        <source>The host&apos;s file was put in place or changed</source>
        <translation>Die Datei des Hosts wurde eingesetzt oder geändert</translation>
    </message>
    <message>
        <source>The container&apos;s file was changed or lost its name</source>
        <translation>Die Datei des Containers wurde geändert oder verlor ihren Namen</translation>
    </message>
    <message>
        <source>The file was changed in place, after the start</source>
        <translation>Die Datei wurde nach dem Start an Ort und Stelle geändert</translation>
    </message>
    <message>
        <source>The file was last changed</source>
        <translation>Die Datei wurde zuletzt geändert</translation>
    </message>
    <message>
        <source>The container was started</source>
        <translation>Der Container wurde gestartet</translation>
    </message>
    <message>
        <source>The container was last started</source>
        <translation>Der Container wurde zuletzt gestartet</translation>
    </message>
    <message>
        <source>Scan: %1</source>
        <translation>Scan: %1</translation>
    </message>
    <message>
        <source>Scan: still %1, seen %2 times</source>
        <translation>Scan: weiter %1, %2-mal gesehen</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 Bytes</translation>
    </message>
    <message>
        <source>recorded fleet</source>
        <translation>aufgezeichnete Flotte</translation>
    </message>
    <message>
        <source>HMAC %1</source>
        <translation>HMAC %1</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Host SHA-256</source>
        <translation>SHA-256 auf dem Host</translation>
    </message>
    <message>
        <source>Container SHA-256</source>
        <translation>SHA-256 im Container</translation>
    </message>
    <message>
        <source>Host inode</source>
        <translation>Inode auf dem Host</translation>
    </message>
    <message>
        <source>Container inode</source>
        <translation>Inode im Container</translation>
    </message>
    <message>
        <source>Host size</source>
        <translation>Größe auf dem Host</translation>
    </message>
    <message>
        <source>Container size</source>
        <translation>Größe im Container</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Host key</source>
        <translation>Host-Schlüssel</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Maschine</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Started at</source>
        <translation>Gestartet um</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ausgang</translation>
    </message>
    <message>
        <source>Exit status</source>
        <translation>Exit-Status</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>It reads</source>
        <translation>Er liest</translation>
    </message>
    <message>
        <source>Error output</source>
        <translation>Fehlerausgabe</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Genesis</source>
        <translation>Genesis</translation>
    </message>
    <message>
        <source>Intent</source>
        <translation>Absicht</translation>
    </message>
    <message>
        <source>Recovered</source>
        <translation>Nachgesehen</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Host key accepted</source>
        <translation>Host-Schlüssel angenommen</translation>
    </message>
    <message>
        <source>Key change</source>
        <translation>Schlüsselwechsel</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Secrets shown</source>
        <translation>Geheimnisse gezeigt</translation>
    </message>
    <message>
        <source>Not a record</source>
        <translation>Kein Eintrag</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>open: no outcome is on record</source>
        <translation>offen: kein Ausgang ist protokolliert</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Says to be</source>
        <translation>Nennt sich</translation>
    </message>
    <message>
        <source>CI job</source>
        <translation>CI-Job</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Mount</source>
        <translation>Mount</translation>
    </message>
    <message>
        <source>Allows key</source>
        <translation>Erlaubt Schlüssel</translation>
    </message>
    <message>
        <source>Retires key</source>
        <translation>Entlässt Schlüssel</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>Vorgang</translation>
    </message>
    <message>
        <source>Record id</source>
        <translation>Eintrags-Id</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>Previous hash</source>
        <translation>Voriger Hash</translation>
    </message>
    <message>
        <source>Signing key</source>
        <translation>Signaturschlüssel</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>Hash</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Signatur</translation>
    </message>
    <message>
        <source>Record %1 is bad: %2.</source>
        <translation>Eintrag %1 ist schlecht: %2.</translation>
    </message>
    <message>
        <source>It was cut or replaced: %1.</source>
        <translation>Es wurde gekürzt oder ersetzt: %1.</translation>
    </message>
    <message>
        <source>Log broken</source>
        <translation>Log gebrochen</translation>
    </message>
    <message>
        <source>This log is not what was written. %1</source>
        <translation>Dieses Log ist nicht das geschriebene. %1</translation>
    </message>
    <message>
        <source>Log self-consistent only</source>
        <translation>Log nur in sich stimmig</translation>
    </message>
    <message>
        <source>%1 records are linked and signed, but nothing outside the log vouches for them.</source>
        <translation>%1 Einträge sind verkettet und signiert, aber nichts außerhalb des Logs bürgt für sie.</translation>
    </message>
    <message>
        <source>Log anchored</source>
        <translation>Log verankert</translation>
    </message>
    <message>
        <source>Log verified</source>
        <translation>Log geprüft</translation>
    </message>
    <message>
        <source>No log yet</source>
        <translation>Noch kein Log</translation>
    </message>
    <message>
        <source>Nothing is recorded yet.</source>
        <translation>Noch nichts ist protokolliert.</translation>
    </message>
    <message>
        <source>Log not verified</source>
        <translation>Log nicht geprüft</translation>
    </message>
    <message>
        <source>Log not readable</source>
        <translation>Log nicht lesbar</translation>
    </message>
    <message>
        <source>Log not writable</source>
        <translation>Log nicht schreibbar</translation>
    </message>
    <message>
        <source>Checking log…</source>
        <translation>Prüfe Log…</translation>
    </message>
    <message>
        <source>The audit log is being verified.</source>
        <translation>Das Audit-Log wird geprüft.</translation>
    </message>
    <message>
        <source>≠ %1</source>
        <translation>≠ %1</translation>
    </message>
    <message>
        <source>%1, changed</source>
        <translation>%1, geändert</translation>
    </message>
    <message>
        <source>new drift</source>
        <translation>neue Abweichung</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>new mount</source>
        <translation>neuer Mount</translation>
    </message>
    <message>
        <source>cured</source>
        <translation>behoben</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>verschwunden</translation>
    </message>
    <message>
        <source>not shown: secret</source>
        <translation>nicht gezeigt: geheim</translation>
    </message>
    <message>
        <source>%1 records are linked and signed; the first %2 are those that this installation remembers.</source>
        <translation>%1 Einträge sind verkettet und signiert; die ersten %2 sind die, an die sich diese Installation erinnert.</translation>
    </message>
    <message>
        <source>All %1 records are linked and signed, and are those that this installation remembers.</source>
        <translation>Alle %1 Einträge sind verkettet und signiert und sind die, an die sich diese Installation erinnert.</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::AddHostDialog</name>
    <message>
        <source>Add a host</source>
        <translation>Host hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Add and scan</source>
        <translation>Hinz&amp;ufügen und scannen</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::AuditDetails</name>
    <message>
        <source>&amp;Look what became of it</source>
        <translation>&amp;Nachsehen, was daraus wurde</translation>
    </message>
    <message>
        <source>Copy te&amp;xt</source>
        <translation>Te&amp;xt kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;JSON line</source>
        <translation>&amp;JSON-Zeile kopieren</translation>
    </message>
    <message>
        <source>All fields of the record</source>
        <translation>Alle Felder des Eintrags</translation>
    </message>
    <message>
        <source>Evidence before and after</source>
        <translation>Belege davor und danach</translation>
    </message>
    <message>
        <source>No record selected</source>
        <translation>Kein Eintrag gewählt</translation>
    </message>
    <message>
        <source>Mount</source>
        <translation>Mount</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Davor</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Danach</translation>
    </message>
    <message>
        <source>Record %1</source>
        <translation>Eintrag %1</translation>
    </message>
    <message>
        <source>Before (record %1)</source>
        <translation>Davor (Eintrag %1)</translation>
    </message>
    <message>
        <source>After (record %1)</source>
        <translation>Danach (Eintrag %1)</translation>
    </message>
    <message>
        <source>After (not on record)</source>
        <translation>Danach (nicht protokolliert)</translation>
    </message>
    <message>
        <source>no evidence</source>
        <translation>keine Belege</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::AuditFilterBar</name>
    <message>
        <source>Words in a record (Ctrl+F)</source>
        <translation>Wörter in einem Eintrag (Strg+F)</translation>
    </message>
    <message>
        <source>Words, each anywhere in the record as it is stored: reason, path, hash, command, …</source>
        <translation>Wörter, jedes irgendwo im gespeicherten Eintrag: Grund, Pfad, Hash, Befehl, …</translation>
    </message>
    <message>
        <source>Words in a record</source>
        <translation>Wörter in einem Eintrag</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>Jederzeit</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>Letzte Stunde</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Letzter Tag</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>Letzte 30 Tage</translation>
    </message>
    <message>
        <source>Between…</source>
        <translation>Zwischen…</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Any type</source>
        <translation>Jede Art</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ausgang</translation>
    </message>
    <message>
        <source>Any outcome</source>
        <translation>Jeder Ausgang</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Actor</source>
        <translation>Handelnder</translation>
    </message>
    <message>
        <source>The whole name</source>
        <translation>Der ganze Name</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>to before</source>
        <translation>bis vor</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::AuditModel</name>
    <message>
        <source>reading…</source>
        <translation>lese…</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ausgang</translation>
    </message>
    <message>
        <source>Actor</source>
        <translation>Handelnder</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Eintrag</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::AuditPage</name>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren…</translation>
    </message>
    <message>
        <source>No record matches the filter. Host, service and actor are matched as a whole; the words may be anywhere. Esc clears the filter.</source>
        <translation>Kein Eintrag passt zum Filter. Host, Dienst und Handelnder müssen ganz passen; die Wörter dürfen irgendwo stehen. Esc leert den Filter.</translation>
    </message>
    <message>
        <source>No records yet. The first restart makes the first ones.</source>
        <translation>Noch keine Einträge. Der erste Neustart macht die ersten.</translation>
    </message>
    <message>
        <source>%1 records</source>
        <translation>%1 Einträge</translation>
    </message>
    <message>
        <source>counting…</source>
        <translation>zähle…</translation>
    </message>
    <message>
        <source>, %1 of them open: no outcome on record</source>
        <translation>, davon %1 offen: kein Ausgang protokolliert</translation>
    </message>
    <message>
        <source>&amp;Show %1 new</source>
        <translation>%1 neue &amp;zeigen</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::AuditTable</name>
    <message>
        <source>No records.</source>
        <translation>Keine Einträge.</translation>
    </message>
    <message>
        <source>Audit records</source>
        <translation>Audit-Einträge</translation>
    </message>
    <message>
        <source>Newest or oldest first: by Time or Record. The log is read in its own order.</source>
        <translation>Neueste oder älteste zuerst: nach Zeit oder Eintrag. Das Log wird in seiner eigenen Ordnung gelesen.</translation>
    </message>
    <message>
        <source>Audit: copy the selected record as text</source>
        <translation>Audit: den gewählten Eintrag als Text kopieren</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::ChainPanel</name>
    <message>
        <source>&amp;Verify again</source>
        <translation>Neu &amp;prüfen</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <source>Progress of the verification</source>
        <translation>Fortschritt der Prüfung</translation>
    </message>
    <message>
        <source>Read and verify the whole log from its first record on</source>
        <translation>Das ganze Log ab dem ersten Eintrag lesen und prüfen</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::ChangeModel</name>
    <message>
        <source>was %1</source>
        <translation>war %1</translation>
    </message>
    <message>
        <source>%1, was %2</source>
        <translation>%1, war %2</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Config</source>
        <translation>Konfiguration</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::ChangesPage</name>
    <message>
        <source>Nothing has changed from one scan to the next since this window was opened.</source>
        <translation>Seit dieses Fenster offen ist, hat sich von einem Scan zum nächsten nichts geändert.</translation>
    </message>
    <message>
        <source>C&amp;lear the list</source>
        <translation>Liste &amp;leeren</translation>
    </message>
    <message>
        <source>What changed from scan to scan, newest first. Enter goes to the mount.</source>
        <translation>Was sich von Scan zu Scan änderte, Neuestes zuerst. Enter geht zum Mount.</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::DetailsPanel</name>
    <message>
        <source>Re&amp;start…</source>
        <translation>&amp;Neu starten…</translation>
    </message>
    <message>
        <source>Show &amp;diff</source>
        <translation>&amp;Diff zeigen</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>About the selected mount</source>
        <translation>Über den gewählten Mount</translation>
    </message>
    <message>
        <source>Sides and history</source>
        <translation>Seiten und Verlauf</translation>
    </message>
    <message>
        <source>Diff</source>
        <translation>Diff</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>Copy this mount as text, for a chat</source>
        <translation>Diesen Mount als Text kopieren, für einen Chat</translation>
    </message>
    <message>
        <source>container up since %1 (%2)</source>
        <translation>Container läuft seit %1 (%2)</translation>
    </message>
    <message>
        <source>image %1</source>
        <translation>Image %1</translation>
    </message>
    <message>
        <source>mounted read-only</source>
        <translation>nur lesbar eingebunden</translation>
    </message>
    <message>
        <source>mounted read-write</source>
        <translation>schreibbar eingebunden</translation>
    </message>
    <message>
        <source>Show diff reads both sides now.</source>
        <translation>„Diff zeigen“ liest jetzt beide Seiten.</translation>
    </message>
    <message>
        <source>Only files are compared line by line.</source>
        <translation>Nur Dateien werden Zeile für Zeile verglichen.</translation>
    </message>
    <message>
        <source>Reading both sides…</source>
        <translation>Lese beide Seiten…</translation>
    </message>
    <message>
        <source>No mount selected</source>
        <translation>Kein Mount gewählt</translation>
    </message>
    <message>
        <source>Select a row to see both sides of the mount.</source>
        <translation>Eine Zeile wählen, um beide Seiten des Mounts zu sehen.</translation>
    </message>
    <message>
        <source>Diff (%1)</source>
        <translation>Diff (%1)</translation>
    </message>
    <message>
        <source>On record</source>
        <translation>Protokolliert</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::DiffModel</name>
    <message>
        <source>  ⟨what is masked differs⟩</source>
        <translation>  ⟨das Verdeckte unterscheidet sich⟩</translation>
    </message>
    <message>
        <source>  ⟨no newline at the end⟩</source>
        <translation>  ⟨kein Zeilenende am Schluss⟩</translation>
    </message>
    <message>
        <source>no line on this side</source>
        <translation>keine Zeile auf dieser Seite</translation>
    </message>
    <message>
        <source>line %1: %2</source>
        <translation>Zeile %1: %2</translation>
    </message>
    <message>
        <source>only in the container, %1</source>
        <translation>nur im Container, %1</translation>
    </message>
    <message>
        <source>only on the host, %1</source>
        <translation>nur auf dem Host, %1</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::DiffView</name>
    <message>
        <source>Previous change</source>
        <translation>Vorige Änderung</translation>
    </message>
    <message>
        <source>Next change</source>
        <translation>Nächste Änderung</translation>
    </message>
    <message>
        <source>Ignore &amp;blanks</source>
        <translation>&amp;Leerzeichen ignorieren</translation>
    </message>
    <message>
        <source>&amp;Wrap</source>
        <translation>&amp;Umbrechen</translation>
    </message>
    <message>
        <source>&amp;Unified</source>
        <translation>Ein&amp;spaltig</translation>
    </message>
    <message>
        <source>Show secrets…</source>
        <translation>Geheimnisse zeigen…</translation>
    </message>
    <message>
        <source>Unified difference: minus is what the container reads, plus is what the host has</source>
        <translation>Einspaltiger Unterschied: Minus ist, was der Container liest, Plus ist, was der Host hat</translation>
    </message>
    <message>
        <source>Search (Ctrl+F)</source>
        <translation>Suchen (Strg+F)</translation>
    </message>
    <message>
        <source>Search in the diff</source>
        <translation>Im Diff suchen</translation>
    </message>
    <message>
        <source>− What the container reads</source>
        <translation>− Was der Container liest</translation>
    </message>
    <message>
        <source>+ What the host has</source>
        <translation>+ Was der Host hat</translation>
    </message>
    <message>
        <source>Mask secrets</source>
        <translation>Geheimnisse verdecken</translation>
    </message>
    <message>
        <source>The parts that were read are the same.</source>
        <translation>Die gelesenen Teile sind gleich.</translation>
    </message>
    <message>
        <source>Both sides have the same bytes.</source>
        <translation>Beide Seiten haben dieselben Bytes.</translation>
    </message>
    <message>
        <source>Only blanks differ; they are ignored now. The bytes are not the same.</source>
        <translation>Nur Leerzeichen unterscheiden sich; sie werden gerade ignoriert. Die Bytes sind nicht gleich.</translation>
    </message>
    <message>
        <source>Binary: %1 bytes in the container, %2 bytes on the host; the first KiB of each is shown.</source>
        <translation>Binär: %1 Bytes im Container, %2 Bytes auf dem Host; gezeigt wird je das erste KiB.</translation>
    </message>
    <message>
        <source>Only the first %1 MiB of each side were read and compared.</source>
        <translation>Nur die ersten %1 MiB jeder Seite wurden gelesen und verglichen.</translation>
    </message>
    <message>
        <source>Too much differs to compare it all line by line: large parts are shown as replaced.</source>
        <translation>Zu viel ist verschieden, um alles Zeile für Zeile zu vergleichen: Große Teile erscheinen als ersetzt.</translation>
    </message>
    <message>
        <source>A side is not what the last scan saw: scan again.</source>
        <translation>Eine Seite ist nicht, was der letzte Scan sah: neu scannen.</translation>
    </message>
    <message>
        <source>Secrets are shown; that is on record.</source>
        <translation>Geheimnisse werden gezeigt; das ist protokolliert.</translation>
    </message>
    <message>
        <source>What looks like a secret is masked (***).</source>
        <translation>Was wie ein Geheimnis aussieht, ist verdeckt (***).</translation>
    </message>
    <message>
        <source>no differences</source>
        <translation>keine Unterschiede</translation>
    </message>
    <message>
        <source>change %1 of %2</source>
        <translation>Änderung %1 von %2</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>nicht gefunden</translation>
    </message>
    <message>
        <source>Diff: next change</source>
        <translation>Diff: nächste Änderung</translation>
    </message>
    <message>
        <source>Diff: previous change</source>
        <translation>Diff: vorige Änderung</translation>
    </message>
    <message>
        <source>Diff: search</source>
        <translation>Diff: suchen</translation>
    </message>
    <message>
        <source>Diff: next hit</source>
        <translation>Diff: nächster Treffer</translation>
    </message>
    <message>
        <source>Diff: previous hit</source>
        <translation>Diff: voriger Treffer</translation>
    </message>
    <message>
        <source>Diff: end the search</source>
        <translation>Diff: Suche beenden</translation>
    </message>
    <message>
        <source>Diff: copy the selected lines</source>
        <translation>Diff: die gewählten Zeilen kopieren</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::ExportDialog</name>
    <message>
        <source>Export the audit log</source>
        <translation>Audit-Log exportieren</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>Fortschritt des Exports</translation>
    </message>
    <message>
        <source>%1 records, %2, in %3.</source>
        <translation>%1 Einträge, %2, in %3.</translation>
    </message>
    <message>
        <source>It has no checkpoint and is not on record: %1</source>
        <translation>Er hat keinen Checkpoint und ist nicht protokolliert: %1</translation>
    </message>
    <message>
        <source>&amp;Everything</source>
        <translation>&amp;Alles</translation>
    </message>
    <message>
        <source>Only what the f&amp;ilter shows (%1 records)</source>
        <translation>Nur was der F&amp;ilter zeigt (%1 Einträge)</translation>
    </message>
    <message>
        <source>Only what the f&amp;ilter shows</source>
        <translation>Nur was der F&amp;ilter zeigt</translation>
    </message>
    <message>
        <source>E&amp;vidence: a folder or .tar that can be checked with openssl and sha256sum alone</source>
        <translation>&amp;Beweis: ein Ordner oder .tar, das sich allein mit openssl und sha256sum prüfen lässt</translation>
    </message>
    <message>
        <source>&amp;CSV: for spreadsheets, proves nothing</source>
        <translation>&amp;CSV: für Tabellen, beweist nichts</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>&amp;Nach</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>&amp;Wählen…</translation>
    </message>
    <message>
        <source>Where the export goes</source>
        <translation>Wohin der Export geht</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>E&amp;xportieren</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportieren nach</translation>
    </message>
    <message>
        <source>This exists already; an export never overwrites: name another place.</source>
        <translation>Das gibt es schon; ein Export überschreibt nie: einen anderen Ort nennen.</translation>
    </message>
    <message>
        <source>There is no folder %1.</source>
        <translation>Es gibt keinen Ordner %1.</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>Exportiere…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::FilterBar</name>
    <message>
        <source>Filter: host, service, path, hash, verdict, reason (/)</source>
        <translation>Filter: Host, Dienst, Pfad, Hash, Urteil, Grund (/)</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Not grouped</source>
        <translation>Nicht gruppiert</translation>
    </message>
    <message>
        <source>By host</source>
        <translation>Nach Host</translation>
    </message>
    <message>
        <source>By project</source>
        <translation>Nach Projekt</translation>
    </message>
    <message>
        <source>By verdict</source>
        <translation>Nach Urteil</translation>
    </message>
    <message>
        <source>Group by</source>
        <translation>Gruppieren nach</translation>
    </message>
    <message>
        <source>Put the mounts into groups</source>
        <translation>Die Mounts in Gruppen zeigen</translation>
    </message>
    <message>
        <source>Saved filters</source>
        <translation>Gespeicherte Filter</translation>
    </message>
    <message>
        <source>Choose, save or delete a filter</source>
        <translation>Einen Filter wählen, speichern oder löschen</translation>
    </message>
    <message>
        <source>No filter is saved yet</source>
        <translation>Noch kein Filter gespeichert</translation>
    </message>
    <message>
        <source>&amp;Save this filter…</source>
        <translation>Diesen Filter &amp;speichern…</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Save this filter</source>
        <translation>Diesen Filter speichern</translation>
    </message>
    <message>
        <source>Name; one that exists is replaced:</source>
        <translation>Name; ein vorhandener wird ersetzt:</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::FirstPage</name>
    <message>
        <source>Which configuration are your containers really running?</source>
        <translation>Mit welcher Konfiguration laufen Ihre Container wirklich?</translation>
    </message>
    <message>
        <source>Add a VM to see each bind-mounted config as the host has it and as the container reads it.
Keys, agents and jump hosts work as with ssh; nothing is installed on the VM.
Looking changes nothing there. A restart is proposed, explained and recorded first.</source>
        <translation>Eine VM hinzufügen und jede eingebundene Konfiguration sehen, wie der Host sie hat und wie der Container sie liest.
Schlüssel, Agenten und Sprung-Hosts arbeiten wie bei ssh; auf der VM wird nichts installiert.
Nachsehen ändert dort nichts. Ein Neustart wird erst vorgeschlagen, erklärt und protokolliert.</translation>
    </message>
    <message>
        <source>&amp;Connect and look</source>
        <translation>&amp;Verbinden und nachsehen</translation>
    </message>
    <message>
        <source>&amp;Open a fleet file…</source>
        <translation>Flottendatei ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>A file that names hosts, groups and services: inodeck.yaml</source>
        <translation>Eine Datei, die Hosts, Gruppen und Dienste nennt: inodeck.yaml</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::FleetPage</name>
    <message>
        <source>Text of the fleet file</source>
        <translation>Text der Flottendatei</translation>
    </message>
    <message>
        <source>No fleet file is open. Open one, or begin a new one from the template.</source>
        <translation>Keine Flottendatei ist offen. Eine öffnen oder eine neue aus der Vorlage beginnen.</translation>
    </message>
    <message>
        <source>Problems of the fleet file</source>
        <translation>Fehler der Flottendatei</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Spalte</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>&amp;New from the template</source>
        <translation>&amp;Neu aus der Vorlage</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>Ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>Speichern &amp;unter…</translation>
    </message>
    <message>
        <source>&amp;Look at its hosts</source>
        <translation>&amp;Ihre Hosts ansehen</translation>
    </message>
    <message>
        <source>Fleet: save the file</source>
        <translation>Flotte: Datei speichern</translation>
    </message>
    <message>
        <source>Fleet: open a file</source>
        <translation>Flotte: Datei öffnen</translation>
    </message>
    <message>
        <source>Fleet: next problem</source>
        <translation>Flotte: nächster Fehler</translation>
    </message>
    <message>
        <source>Fleet: previous problem</source>
        <translation>Flotte: voriger Fehler</translation>
    </message>
    <message>
        <source>Open a fleet file</source>
        <translation>Flottendatei öffnen</translation>
    </message>
    <message>
        <source>Fleet files (*.yaml *.yml)</source>
        <translation>Flottendateien (*.yaml *.yml)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>This file has line ends that cannot be kept here: it can be read, not edited.</source>
        <translation>Diese Datei hat Zeilenenden, die hier nicht erhalten bleiben: Sie lässt sich lesen, nicht bearbeiten.</translation>
    </message>
    <message>
        <source>&amp;Load it, drop my edits</source>
        <translation>&amp;Laden, meine Änderungen verwerfen</translation>
    </message>
    <message>
        <source>Save the fleet file</source>
        <translation>Flottendatei speichern</translation>
    </message>
    <message>
        <source>Unsaved edits</source>
        <translation>Ungespeicherte Änderungen</translation>
    </message>
    <message>
        <source>The fleet file has edits that are not saved.</source>
        <translation>Die Flottendatei hat Änderungen, die nicht gespeichert sind.</translation>
    </message>
    <message>
        <source>The file was changed or removed by somebody else since it was read. It is not overwritten.</source>
        <translation>Die Datei wurde von jemand anderem geändert oder entfernt, seit sie gelesen wurde. Sie wird nicht überschrieben.</translation>
    </message>
    <message>
        <source>not saved yet</source>
        <translation>noch nicht gespeichert</translation>
    </message>
    <message>
        <source>%1 (edited)</source>
        <translation>%1 (bearbeitet)</translation>
    </message>
    <message>
        <source>Nothing is wrong with it. Hosts: %1; services: %2.</source>
        <translation>Sie ist fehlerfrei. Hosts: %1; Dienste: %2.</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Prüfe…</translation>
    </message>
    <message>
        <source>%1 problems, perhaps more:</source>
        <translation>%1 Fehler, vielleicht mehr:</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s):</source>
        <translation>
            <numerusform>%n Fehler:</numerusform>
            <numerusform>%n Fehler:</numerusform>
        </translation>
    </message>
    <message>
        <source>Save it first</source>
        <translation>Erst speichern</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::FleetSession</name>
    <message>
        <source>%1; recorded.</source>
        <translation>%1; protokolliert.</translation>
    </message>
    <message>
        <source>It has its outcome on record by now.</source>
        <translation>Sein Ausgang ist inzwischen protokolliert.</translation>
    </message>
    <message>
        <source>Looked at without a lock: %1</source>
        <translation>Ohne Sperre nachgesehen: %1</translation>
    </message>
    <message>
        <source>Looking at %1 what became of the restart…</source>
        <translation>Auf %1 wird nachgesehen, was aus dem Neustart geworden ist …</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::HostKeyDialog</name>
    <message>
        <source>Unknown host key</source>
        <translation>Unbekannter Host-Schlüssel</translation>
    </message>
    <message>
        <source>%1 is not known yet</source>
        <translation>%1 ist noch nicht bekannt</translation>
    </message>
    <message>
        <source>Compare the fingerprint with the one that the host&apos;s own console or its administrator gives you. If it differs, somebody may be in between: cancel.</source>
        <translation>Den Fingerabdruck mit dem vergleichen, den die Konsole des Hosts oder sein Administrator nennt. Weicht er ab, ist vielleicht jemand dazwischen: abbrechen.</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Fingerabdruck</translation>
    </message>
    <message>
        <source>Key type</source>
        <translation>Schlüsselart</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>&amp;Trust and record</source>
        <translation>&amp;Vertrauen und festhalten</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::HostModel</name>
    <message>
        <source> – scanning</source>
        <translation> – wird gescannt</translation>
    </message>
    <message>
        <source> – not reached</source>
        <translation> – nicht erreicht</translation>
    </message>
    <message>
        <source> – cancelled</source>
        <translation> – abgebrochen</translation>
    </message>
    <message>
        <source> – %1 not reached</source>
        <translation> – %1 nicht erreicht</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::HostPanel</name>
    <message>
        <source>as root: all can be seen</source>
        <translation>als root: alles ist sichtbar</translation>
    </message>
    <message>
        <source>by sudo: all can be seen</source>
        <translation>mit sudo: alles ist sichtbar</translation>
    </message>
    <message>
        <source>by the group docker: some images cannot be looked into</source>
        <translation>über die Gruppe docker: in manche Images lässt sich nicht hineinsehen</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>no bind mounts</source>
        <translation>keine Bind-Mounts</translation>
    </message>
    <message>
        <source>%1 – not looked at yet</source>
        <translation>%1 – noch nicht angesehen</translation>
    </message>
    <message>
        <source>%1 – scanning…</source>
        <translation>%1 – wird gescannt…</translation>
    </message>
    <message>
        <source>%1 – not reached</source>
        <translation>%1 – nicht erreicht</translation>
    </message>
    <message>
        <source>%1 – the last look was cancelled</source>
        <translation>%1 – der letzte Blick wurde abgebrochen</translation>
    </message>
    <message>
        <source>S&amp;can this host</source>
        <translation>Diesen Host s&amp;cannen</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Zugang</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>Laufzeit</translation>
    </message>
    <message>
        <source>Machine id</source>
        <translation>Maschinen-Id</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Mounts</source>
        <translation>Mounts</translation>
    </message>
    <message>
        <source>Last look</source>
        <translation>Letzter Blick</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>Warnungen</translation>
    </message>
    <message>
        <source>%1 as %2</source>
        <translation>%1 als %2</translation>
    </message>
    <message>
        <source>%1, took %2 s</source>
        <translation>%1, dauerte %2 s</translation>
    </message>
    <message>
        <source>About the selected host</source>
        <translation>Über den gewählten Host</translation>
    </message>
    <message>
        <source>Linux %1</source>
        <translation>Linux %1</translation>
    </message>
    <message>
        <source>%1, since %2</source>
        <translation>%1, seit %2</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Up for</source>
        <translation>In Betrieb</translation>
    </message>
    <message>
        <source>not known now; before: %1</source>
        <translation>jetzt nicht bekannt; davor: %1</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::HostPicker</name>
    <message>
        <source>&amp;From your ssh configuration:</source>
        <translation>&amp;Aus Ihrer ssh-Konfiguration:</translation>
    </message>
    <message>
        <source>&amp;Host: an ssh alias, or [user@]host[:port]. “local” is this machine.</source>
        <translation>&amp;Host: ein ssh-Alias oder [user@]host[:port]. „local“ ist diese Maschine.</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Hosts of your ssh configuration</source>
        <translation>Hosts Ihrer ssh-Konfiguration</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::HostTree</name>
    <message>
        <source>Hosts</source>
        <translation>Hosts</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Was sie tut</translation>
    </message>
    <message>
        <source>Tab goes to the next part of the window, the arrow keys move in it, Enter opens what is selected. Alt with an underlined letter presses that button.</source>
        <translation>Tab geht zum nächsten Teil des Fensters, die Pfeiltasten bewegen sich darin, Enter öffnet, was gewählt ist. Alt mit einem unterstrichenen Buchstaben drückt die Schaltfläche.</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::LiveMode</name>
    <message>
        <source>Live mode leaves this host alone until you scan it: it needs a person.</source>
        <translation>Der Live-Modus lässt diesen Host in Ruhe, bis Sie ihn scannen: Er braucht einen Menschen.</translation>
    </message>
    <message>
        <source>Live mode asks this host every %1 s only, because it keeps failing.</source>
        <translation>Der Live-Modus fragt diesen Host nur alle %1 s, weil er immer wieder scheitert.</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::LogModel</name>
    <message>
        <source>— the container was started at %1 —</source>
        <translation>— der Container wurde um %1 gestartet —</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::LogReader</name>
    <message>
        <source>Reading the log…</source>
        <translation>Lese das Log…</translation>
    </message>
    <message>
        <source>The last look at this host failed; scan it again to read its logs.</source>
        <translation>Der letzte Blick auf diesen Host misslang; neu scannen, um seine Logs zu lesen.</translation>
    </message>
    <message>
        <source>— lines are missing here: there were more than can be followed —</source>
        <translation>— hier fehlen Zeilen: es waren mehr, als sich verfolgen lassen —</translation>
    </message>
    <message>
        <source>The container has written nothing.</source>
        <translation>Der Container hat nichts geschrieben.</translation>
    </message>
    <message>
        <source>Older lines are not shown.</source>
        <translation>Ältere Zeilen werden nicht gezeigt.</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::LogView</name>
    <message>
        <source>&amp;Follow</source>
        <translation>&amp;Folgen</translation>
    </message>
    <message>
        <source>Read a&amp;gain</source>
        <translation>Neu &amp;lesen</translation>
    </message>
    <message>
        <source>Filter the log (Ctrl+F)</source>
        <translation>Log filtern (Strg+F)</translation>
    </message>
    <message>
        <source>Filter the log</source>
        <translation>Log filtern</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Since the last start</source>
        <translation>Seit dem letzten Start</translation>
    </message>
    <message>
        <source>Before the last start</source>
        <translation>Vor dem letzten Start</translation>
    </message>
    <message>
        <source>Which lines</source>
        <translation>Welche Zeilen</translation>
    </message>
    <message>
        <source>Log of the container</source>
        <translation>Log des Containers</translation>
    </message>
    <message>
        <source>Log: filter</source>
        <translation>Log: filtern</translation>
    </message>
    <message>
        <source>Log: copy the selected lines</source>
        <translation>Log: die gewählten Zeilen kopieren</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::MainWindow</name>
    <message>
        <source>Inodeck</source>
        <translation>Inodeck</translation>
    </message>
    <message>
        <source>Inodeck – %1</source>
        <translation>Inodeck – %1</translation>
    </message>
    <message>
        <source>Open restart</source>
        <translation>Offener Neustart</translation>
    </message>
    <message>
        <source>What the host says about it:</source>
        <translation>Was der Host dazu sagt:</translation>
    </message>
    <message>
        <source>No restart</source>
        <translation>Kein Neustart</translation>
    </message>
    <message>
        <source>Host key changed</source>
        <translation>Host-Schlüssel geändert</translation>
    </message>
    <message>
        <source>The host key of %1 has changed: not connected</source>
        <translation>Der Host-Schlüssel von %1 hat sich geändert: nicht verbunden</translation>
    </message>
    <message>
        <source>Last look at %1</source>
        <translation>Letzter Blick um %1</translation>
    </message>
    <message>
        <source>A restart on %1 (container %2) was begun at %3 and its outcome is not on record.</source>
        <translation>Ein Neustart auf %1 (Container %2) wurde um %3 begonnen, und sein Ausgang ist nicht protokolliert.</translation>
    </message>
    <message>
        <source>&amp;Look at it</source>
        <translation>&amp;Nachsehen</translation>
    </message>
    <message>
        <source>No restart without an audit record: %1</source>
        <translation>Kein Neustart ohne Audit-Eintrag: %1</translation>
    </message>
    <message>
        <source>Another restart is under way.</source>
        <translation>Ein anderer Neustart läuft.</translation>
    </message>
    <message>
        <source>A restart is under way</source>
        <translation>Ein Neustart läuft</translation>
    </message>
    <message>
        <source>It is followed until its outcome is known and recorded. Stop waiting in its dialog, or close the window when it is done.</source>
        <translation>Er wird verfolgt, bis sein Ausgang bekannt und protokolliert ist. Im Dialog das Warten beenden oder das Fenster schließen, wenn er fertig ist.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Main</source>
        <translation>Haupt</translation>
    </message>
    <message>
        <source>Scan</source>
        <translation>Scannen</translation>
    </message>
    <message>
        <source>Look at all hosts again</source>
        <translation>Alle Hosts neu ansehen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stop the scan, or clear the filter</source>
        <translation>Den Scan beenden oder den Filter leeren</translation>
    </message>
    <message>
        <source>Restart…</source>
        <translation>Neu starten…</translation>
    </message>
    <message>
        <source>Restart the selected container, on record</source>
        <translation>Den gewählten Container neu starten, protokolliert</translation>
    </message>
    <message>
        <source>Add host…</source>
        <translation>Host hinzufügen…</translation>
    </message>
    <message>
        <source>Add a host and look at it</source>
        <translation>Einen Host hinzufügen und ansehen</translation>
    </message>
    <message>
        <source>Remove host</source>
        <translation>Host entfernen</translation>
    </message>
    <message>
        <source>Forget the host that is selected in the list; nothing changes on it</source>
        <translation>Den in der Liste gewählten Host vergessen; auf ihm ändert sich nichts</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Type words to filter by</source>
        <translation>Wörter eingeben, nach denen gefiltert wird</translation>
    </message>
    <message>
        <source>Show diff</source>
        <translation>Diff zeigen</translation>
    </message>
    <message>
        <source>Compare both sides line by line</source>
        <translation>Beide Seiten Zeile für Zeile vergleichen</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Show all keys</source>
        <translation>Alle Tasten zeigen</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen…</translation>
    </message>
    <message>
        <source>Language, colours, limits of a scan</source>
        <translation>Sprache, Farben, Grenzen eines Scans</translation>
    </message>
    <message>
        <source>%v of %m hosts</source>
        <translation>%v von %m Hosts</translation>
    </message>
    <message>
        <source>Progress of the scan</source>
        <translation>Fortschritt des Scans</translation>
    </message>
    <message>
        <source>Mounts</source>
        <translation>Mounts</translation>
    </message>
    <message>
        <source>Fleet file</source>
        <translation>Flottendatei</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>Mark as seen</source>
        <translation>Als gesehen markieren</translation>
    </message>
    <message>
        <source>Clear the marks of what changed since the last scan</source>
        <translation>Die Marken dessen löschen, was sich seit dem letzten Scan änderte</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Look at all hosts again and again</source>
        <translation>Alle Hosts immer wieder ansehen</translation>
    </message>
    <message>
        <source>every </source>
        <translation>alle </translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Seconds from one look to the next in live mode</source>
        <translation>Sekunden von einem Blick zum nächsten im Live-Modus</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>%1 cannot be restarted from here now.</source>
        <translation>%1 kann von hier aus jetzt nicht neu gestartet werden.</translation>
    </message>
    <message>
        <source>what the filter lets through</source>
        <translation>was der Filter durchlässt</translation>
    </message>
    <message>
        <source>all mounts</source>
        <translation>alle Mounts</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>Bericht…</translation>
    </message>
    <message>
        <source>Write an incident report of what is shown or selected</source>
        <translation>Einen Störungsbericht über das Gezeigte oder die Auswahl schreiben</translation>
    </message>
    <message>
        <source>What became of an earlier restart is being looked at.</source>
        <translation>Es wird gerade nachgesehen, was aus einem früheren Neustart geworden ist.</translation>
    </message>
    <message>
        <source>No restart while the audit log is broken: %1</source>
        <translation>Kein Neustart, solange das Audit-Log gebrochen ist: %1</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::MountHistory</name>
    <message>
        <source>History on record</source>
        <translation>Protokollierter Verlauf</translation>
    </message>
    <message>
        <source>Nothing is on record of this service. Scans are not recorded, restarts are.</source>
        <translation>Über diesen Dienst ist nichts protokolliert. Scans werden nicht protokolliert, Neustarts schon.</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::MountModel</name>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Config</source>
        <translation>Konfiguration</translation>
    </message>
    <message>
        <source>Host hash</source>
        <translation>Host-Hash</translation>
    </message>
    <message>
        <source>Container hash</source>
        <translation>Container-Hash</translation>
    </message>
    <message>
        <source>Stale for</source>
        <translation>Veraltet seit</translation>
    </message>
    <message>
        <source>Up for</source>
        <translation>Läuft seit</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::MountTable</name>
    <message>
        <source>Mounts</source>
        <translation>Mounts</translation>
    </message>
    <message>
        <source>No mount matches the filter. Esc clears it.</source>
        <translation>Kein Mount passt zum Filter. Esc leert ihn.</translation>
    </message>
    <message>
        <source>No bind mounts seen so far.</source>
        <translation>Bisher keine Bind-Mounts gesehen.</translation>
    </message>
    <message>
        <source>Mounts: copy the selected rows as text</source>
        <translation>Mounts: die gewählten Zeilen als Text kopieren</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::MountTree</name>
    <message>
        <source>no project</source>
        <translation>kein Projekt</translation>
    </message>
    <message>
        <source>1 mount</source>
        <translation>1 Mount</translation>
    </message>
    <message>
        <source>%1 mounts</source>
        <translation>%1 Mounts</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::MountsPage</name>
    <message>
        <source>%1 was not observed: %2</source>
        <translation>%1 wurde nicht beobachtet: %2</translation>
    </message>
    <message>
        <source>and %1 more; the list of hosts says why</source>
        <translation>und %1 weitere; die Liste der Hosts sagt, warum</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>1 new stale mount</source>
        <translation>1 neuer veralteter Mount</translation>
    </message>
    <message>
        <source>%1 new stale mounts</source>
        <translation>%1 neue veraltete Mounts</translation>
    </message>
    <message>
        <source>Mark as &amp;seen</source>
        <translation>Als &amp;gesehen markieren</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::Pages</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Page “%1”</source>
        <translation>Seite „%1“</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::RecreateDialog</name>
    <message>
        <source>Recreate %1</source>
        <translation>%1 neu erzeugen</translation>
    </message>
    <message>
        <source>Recreate %1 on %2</source>
        <translation>%1 auf %2 neu erzeugen</translation>
    </message>
    <message>
        <source>The restart did not cure it. Compose makes a new container in its place, from the compose files as they are now: image, environment and ports may come out different, and what the container wrote outside of its volumes is lost. The services that depend on it are left alone.</source>
        <translation>Der Neustart hat es nicht behoben. Compose erzeugt an seiner Stelle einen neuen Container, aus den Compose-Dateien, wie sie jetzt sind: Image, Umgebung und Ports können anders ausfallen, und was der Container außerhalb seiner Volumes geschrieben hat, ist verloren. Die Dienste, die von ihm abhängen, bleiben unberührt.</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Re&amp;create</source>
        <translation>&amp;Neu erzeugen</translation>
    </message>
    <message>
        <source>I have rea&amp;d the command; a new container is meant</source>
        <translation>Ich habe den Befehl &amp;gelesen; ein neuer Container ist gewollt</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::ReportDialog</name>
    <message>
        <source>Incident report</source>
        <translation>Störungsbericht</translation>
    </message>
    <message>
        <source>What was stale since when, both sides, the differences, the restarts with their audit records, and whether the log is whole. Nothing on a host is changed.</source>
        <translation>Was seit wann veraltet war, beide Seiten, die Unterschiede, die Neustarts mit ihren Audit-Einträgen, und ob das Log unversehrt ist. Auf den Hosts wird nichts verändert.</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Reading what differs: %1 of %2…</source>
        <translation>Unterschiede werden gelesen: %1 von %2…</translation>
    </message>
    <message numerus="yes">
        <source>&amp;What is shown: %1 (%n mount(s))</source>
        <translation>
            <numerusform>&amp;Gezeigtes: %1 (%n Mount)</numerusform>
            <numerusform>&amp;Gezeigtes: %1 (%n Mounts)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The &amp;selection (%n mount(s))</source>
        <translation>
            <numerusform>Die Aus&amp;wahl (%n Mount)</numerusform>
            <numerusform>Die Aus&amp;wahl (%n Mounts)</numerusform>
        </translation>
    </message>
    <message>
        <source>With the &amp;differences; what looks like a secret is masked</source>
        <translation>Mit den &amp;Unterschieden; was wie ein Geheimnis aussieht, wird maskiert</translation>
    </message>
    <message>
        <source>HTML, one page that needs nothing else</source>
        <translation>HTML, eine Seite, die sonst nichts braucht</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>&amp;Durchsuchen…</translation>
    </message>
    <message>
        <source>F&amp;ile</source>
        <translation>D&amp;atei</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Write &amp;report</source>
        <translation>&amp;Bericht schreiben</translation>
    </message>
    <message>
        <source>Where to</source>
        <translation>Wohin</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen…</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>Geschrieben: %1</translation>
    </message>
    <message>
        <source>Sto&amp;p</source>
        <translation>Sto&amp;pp</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::RestartChecks</name>
    <message>
        <source>Checks before the restart</source>
        <translation>Prüfungen vor dem Neustart</translation>
    </message>
    <message>
        <source>Looking</source>
        <translation>Wird angesehen</translation>
    </message>
    <message>
        <source>at the host and the container once more.</source>
        <translation>Host und Container, noch einmal.</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>Bestanden</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Nicht bestanden</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::RestartDialog</name>
    <message>
        <source>Restart %1</source>
        <translation>%1 neu starten</translation>
    </message>
    <message>
        <source>Restart %1 on %2</source>
        <translation>%1 auf %2 neu starten</translation>
    </message>
    <message>
        <source>Re&amp;start</source>
        <translation>&amp;Neu starten</translation>
    </message>
    <message>
        <source>Stop &amp;waiting</source>
        <translation>Nicht weiter &amp;warten</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
    </message>
    <message numerus="yes">
        <source>%n containers</source>
        <translation>
            <numerusform>%n Container</numerusform>
            <numerusform>%n Container</numerusform>
        </translation>
    </message>
    <message>
        <source>Restart %1, one after the other; the first that is not proven ends it</source>
        <translation>%1 neu starten, einen nach dem anderen; der erste ohne Nachweis beendet es</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Containers, in the order of their restarts</source>
        <translation>Container, in der Reihenfolge ihrer Neustarts</translation>
    </message>
    <message>
        <source>Checked before it, and once more by the restart itself:</source>
        <translation>Vorher geprüft, und vom Neustart selbst noch einmal:</translation>
    </message>
    <message>
        <source>Stop &amp;after this one</source>
        <translation>N&amp;ach diesem anhalten</translation>
    </message>
    <message>
        <source>Have compose make a new container in its place; asks first</source>
        <translation>Compose an seiner Stelle einen neuen Container erzeugen lassen; fragt vorher</translation>
    </message>
    <message>
        <source>Looking how compose would make a new container…</source>
        <translation>Es wird ermittelt, wie Compose einen neuen Container erzeugen würde…</translation>
    </message>
    <message>
        <source>%1 of %2 proven.</source>
        <translation>%1 von %2 nachgewiesen.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Restarting %1…</source>
        <translation>%1 wird neu gestartet…</translation>
    </message>
    <message>
        <source>R&amp;ecreate…</source>
        <translation>Neu er&amp;zeugen…</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::RestartImpact</name>
    <message>
        <source>no: that it runs, and stays up, is all that can be waited for</source>
        <translation>nein: es kann nur darauf gewartet werden, dass er läuft und weiterläuft</translation>
    </message>
    <message>
        <source>yes, now %1</source>
        <translation>ja, jetzt %1</translation>
    </message>
    <message>
        <source>no: if it ends, Docker does not start it again</source>
        <translation>nein: endet er, startet Docker ihn nicht wieder</translation>
    </message>
    <message>
        <source>A reload cannot help: the process would read the old inode again, and answer “ok”.</source>
        <translation>Ein Reload kann nicht helfen: Der Prozess würde den alten Inode noch einmal lesen und „ok“ antworten.</translation>
    </message>
    <message>
        <source>The file was changed in place (same inode): here the service&apos;s own reload, if it has one, could load it as well. Inodeck does not reload: it could not prove it.</source>
        <translation>Die Datei wurde an Ort und Stelle geändert (gleicher Inode): Hier könnte sie auch ein Reload des Dienstes laden, wenn er einen hat. Inodeck führt keinen aus: Es könnte ihn nicht nachweisen.</translation>
    </message>
    <message>
        <source>What the restart touches</source>
        <translation>Was der Neustart berührt</translation>
    </message>
    <message>
        <source>None: no mount of it is stale or changed.</source>
        <translation>Keiner: Kein Mount davon ist veraltet oder geändert.</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>Up for</source>
        <translation>Läuft seit</translation>
    </message>
    <message>
        <source>it is not running</source>
        <translation>er läuft nicht</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Ports</translation>
    </message>
    <message>
        <source>none published</source>
        <translation>keine veröffentlicht</translation>
    </message>
    <message>
        <source>%1 (no answer there meanwhile)</source>
        <translation>%1 (dort währenddessen keine Antwort)</translation>
    </message>
    <message>
        <source>Healthcheck</source>
        <translation>Healthcheck</translation>
    </message>
    <message>
        <source>Restart policy</source>
        <translation>Neustart-Regel</translation>
    </message>
    <message>
        <source>Depends on it</source>
        <translation>Hängt davon ab</translation>
    </message>
    <message>
        <source>no service that says so</source>
        <translation>kein Dienst, der es angibt</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weiterer</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Refreshes</source>
        <translation>Erneuert</translation>
    </message>
    <message>
        <source>Only if this succeeds</source>
        <translation>Nur wenn dies gelingt</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::RestartInputs</name>
    <message>
        <source>Reason</source>
        <translation>Begründung</translation>
    </message>
    <message>
        <source>Why? This goes on record with your name. (Down: recent reasons)</source>
        <translation>Warum? Das kommt mit Ihrem Namen ins Log. (Pfeil ab: letzte Begründungen)</translation>
    </message>
    <message>
        <source>&amp;Reason</source>
        <translation>&amp;Begründung</translation>
    </message>
    <message>
        <source>Restart &amp;although nothing calls for it</source>
        <translation>Neu starten, &amp;auch wenn nichts es verlangt</translation>
    </message>
    <message>
        <source>Restart &amp;also those for which nothing calls</source>
        <translation>&amp;Auch die neu starten, für die nichts es verlangt</translation>
    </message>
    <message>
        <source>%1 is protected: type its name</source>
        <translation>%1 ist geschützt: Namen eintippen</translation>
    </message>
    <message>
        <source>It needs a reason.</source>
        <translation>Eine Begründung fehlt.</translation>
    </message>
    <message>
        <source>%1 is protected: its name must be typed.</source>
        <translation>%1 ist geschützt: Der Name muss eingetippt werden.</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::RestartQueue</name>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Proven</source>
        <translation>Nachgewiesen</translation>
    </message>
    <message>
        <source>Not proven</source>
        <translation>Nicht nachgewiesen</translation>
    </message>
    <message>
        <source>Left alone</source>
        <translation>Unberührt</translation>
    </message>
    <message>
        <source>It was begun already.</source>
        <translation>Es wurde schon begonnen.</translation>
    </message>
    <message>
        <source>Another restart is under way.</source>
        <translation>Ein anderer Neustart läuft gerade.</translation>
    </message>
    <message>
        <source>No container is chosen.</source>
        <translation>Kein Container ist gewählt.</translation>
    </message>
    <message numerus="yes">
        <source>%n container(s) cannot be restarted now: see why, and leave them out.</source>
        <translation>
            <numerusform>%n Container kann jetzt nicht neu gestartet werden: ansehen, warum, und auslassen.</numerusform>
            <numerusform>%n Container können jetzt nicht neu gestartet werden: ansehen, warum, und auslassen.</numerusform>
        </translation>
    </message>
    <message>
        <source>It cannot be restarted now: see the checks.</source>
        <translation>Er kann jetzt nicht neu gestartet werden: siehe die Prüfungen.</translation>
    </message>
    <message>
        <source>Looking at the host once more…</source>
        <translation>Der Host wird noch einmal angesehen…</translation>
    </message>
    <message>
        <source>You left it out.</source>
        <translation>Sie haben ihn ausgelassen.</translation>
    </message>
    <message>
        <source>You stopped before it.</source>
        <translation>Sie haben vor ihm angehalten.</translation>
    </message>
    <message>
        <source>Not begun: %1 before it was not proven.</source>
        <translation>Nicht begonnen: %1 davor ist nicht nachgewiesen.</translation>
    </message>
    <message>
        <source> (recreate)</source>
        <translation> (neu erzeugen)</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird angesehen…</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::RestartSteps</name>
    <message>
        <source>Steps of the restart</source>
        <translation>Schritte des Neustarts</translation>
    </message>
    <message>
        <source>Guard</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Intent</source>
        <translation>Absicht</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Neustart</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>Warten</translation>
    </message>
    <message>
        <source>Proof</source>
        <translation>Nachweis</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>done</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>step, state</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1: host %2, container %3</source>
        <translation>%1: Host %2, Container %3</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::RevealDialog</name>
    <message>
        <source>Show secrets</source>
        <translation>Geheimnisse zeigen</translation>
    </message>
    <message>
        <source>Show the secrets of %1?</source>
        <translation>Die Geheimnisse von %1 zeigen?</translation>
    </message>
    <message>
        <source>They appear on this screen, on both sides, until another mount is selected. That you were shown them, when and why goes into the audit log first; what they are does not.</source>
        <translation>Sie erscheinen auf diesem Bildschirm, auf beiden Seiten, bis ein anderer Mount gewählt wird. Dass sie Ihnen gezeigt wurden, wann und warum, kommt vorher ins Audit-Log; ihr Inhalt nicht.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>&amp;Record and show</source>
        <translation>&amp;Protokollieren und zeigen</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::SecretDialog</name>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Passphrase of the key %1</source>
        <translation>Passphrase des Schlüssels %1</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Password of %1</source>
        <translation>Passwort von %1</translation>
    </message>
    <message>
        <source>Question from %1</source>
        <translation>Frage von %1</translation>
    </message>
    <message>
        <source>That was not it; try again.</source>
        <translation>Das war es nicht; noch einmal versuchen.</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::SettingsDialog</name>
    <message>
        <source>as the fleet file says</source>
        <translation>wie die Flottendatei sagt</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>The system&apos;s</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source> MiB</source>
        <translation> MiB</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>Another language holds from the next start on. What the core and the hosts say stays English.</source>
        <translation>Eine andere Sprache gilt ab dem nächsten Start. Was der Kern und die Hosts sagen, bleibt Englisch.</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>&amp;Hosts scanned at once</source>
        <translation>&amp;Hosts gleichzeitig gescannt</translation>
    </message>
    <message>
        <source>&amp;Time for one host</source>
        <translation>&amp;Zeit für einen Host</translation>
    </message>
    <message>
        <source>Compare &amp;files by hash up to</source>
        <translation>&amp;Dateien per Hash vergleichen bis</translation>
    </message>
    <message>
        <source>Larger files are compared by inode. The limits hold for all hosts from the next scan on.</source>
        <translation>Größere Dateien werden per Inode verglichen. Die Grenzen gelten für alle Hosts ab dem nächsten Scan.</translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation>Audit-Log</translation>
    </message>
    <message>
        <source>&amp;Begin with it</source>
        <translation>&amp;Mit ihr beginnen</translation>
    </message>
    <message>
        <source>Fleet file</source>
        <translation>Flottendatei</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::SideLoader</name>
    <message>
        <source>This host is no longer in the list.</source>
        <translation>Dieser Host steht nicht mehr in der Liste.</translation>
    </message>
    <message>
        <source>The fleet file marks this service as secret: its content is not shown.</source>
        <translation>Die Flottendatei nennt diesen Dienst geheim: Sein Inhalt wird nicht gezeigt.</translation>
    </message>
    <message>
        <source>Not shown, it could not be put on record: %1</source>
        <translation>Nicht gezeigt, es ließ sich nicht protokollieren: %1</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::SidesCard</name>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Inode</source>
        <translation>Inode</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>On the host</source>
        <translation>Auf dem Host</translation>
    </message>
    <message>
        <source>What the container reads</source>
        <translation>Was der Container liest</translation>
    </message>
    <message>
        <source>Mount root</source>
        <translation>Wurzel des Mounts</translation>
    </message>
    <message>
        <source>≠ differs</source>
        <translation>≠ verschieden</translation>
    </message>
    <message>
        <source>= same</source>
        <translation>= gleich</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>verschieden</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::SummaryStrip</name>
    <message>
        <source>%1 mounts: %2; press to show only these</source>
        <translation>%1 Mounts: %2; drücken, um nur diese zu zeigen</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::TimelineModel</name>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Ago</source>
        <translation>Vor</translation>
    </message>
    <message>
        <source>What happened, newest first</source>
        <translation>Was geschah, Neuestes zuerst</translation>
    </message>
</context>
<context>
    <name>inodeck::ui::TimelineView</name>
    <message>
        <source>History of the mount</source>
        <translation>Verlauf des Mounts</translation>
    </message>
    <message>
        <source>Records are missing here: %1</source>
        <translation>Hier fehlen Einträge: %1</translation>
    </message>
</context>
</TS>
