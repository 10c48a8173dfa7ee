<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>inodeck::ui::FleetPage</name>
    <message numerus="yes">
        <source>%n problem(s):</source>
        <translation>
            <numerusform>%n problem:</numerusform>
            <numerusform>%n problems:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>inodeck::ui::RestartDialog</name>
    <message numerus="yes">
        <source>all %n mounts of the container</source>
        <translation>
            <numerusform>the one mount of the container</numerusform>
            <numerusform>all %n mounts of the container</numerusform>
        </translation>
    </message>
</context>
</TS>
