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
    <name>inodeck::ui::ReportDialog</name>
    <message numerus="yes">
        <source>&amp;What is shown: %1 (%n mount(s))</source>
        <translation>
            <numerusform>&amp;What is shown: %1 (%n mount)</numerusform>
            <numerusform>&amp;What is shown: %1 (%n mounts)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The &amp;selection (%n mount(s))</source>
        <translation>
            <numerusform>The &amp;selection (%n mount)</numerusform>
            <numerusform>The &amp;selection (%n mounts)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>inodeck::ui::RestartDialog</name>
    <message numerus="yes">
        <source>%n containers</source>
        <translation>
            <numerusform>%n container</numerusform>
            <numerusform>%n containers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>inodeck::ui::RestartImpact</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>inodeck::ui::RestartQueue</name>
    <message numerus="yes">
        <source>%n container(s) cannot be restarted now: see why, and leave them out.</source>
        <translation>
            <numerusform>%n container cannot be restarted now: see why, and leave it out.</numerusform>
            <numerusform>%n containers cannot be restarted now: see why, and leave them out.</numerusform>
        </translation>
    </message>
</context>
</TS>
