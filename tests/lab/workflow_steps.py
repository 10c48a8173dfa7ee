#!/usr/bin/env python3
"""workflow_steps.py FILE DIR

Checks a workflow of GitHub Actions by what a runner takes, and writes its steps to DIR in their order: NN.sh is a `run:`
with its environment before it, NN.upload names the files that actions/upload-artifact takes, one a line; "-always" in
the name is `if: always()`. Expressions have the values of the environment: secrets.X is that of secrets_X, empty where
it is not set. What is wrong is a line on stderr, and exit code 1.
"""
import os
import re
import shlex
import subprocess
import sys

import yaml

TOP = {"name", "on", "permissions", "concurrency", "env", "jobs"}
JOB = {"name", "runs-on", "environment", "timeout-minutes", "env", "steps", "needs", "if", "permissions"}
STEP = {"name", "id", "if", "env", "with", "run", "uses", "timeout-minutes", "continue-on-error"}
GITHUB = {"workspace", "run_id", "run_attempt", "sha", "actor", "ref"}
problems = []


def only(what, keys, known):
    problems.extend(f"'{key}' is no key of {what}" for key in keys if key not in known)


def evaluated(text):
    def value(match):
        context, _, name = match[1].strip().partition(".")
        if context not in {"secrets", "vars", "github"} or (context == "github" and name not in GITHUB):
            problems.append(f"'{match[0]}' is no expression that is known")
        return os.environ.get(f"{context}_{name}", "")

    return re.sub(r"\$\{\{(.*?)\}\}", value, str(text))


def exports(*maps):
    return "".join(f"export {key}={shlex.quote(evaluated(value))}\n" for one in maps for key, value in one.items())


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def main(workflow, folder):
    with open(workflow, encoding="utf-8") as file:
        top = yaml.safe_load(file)
    top = {"on" if key is True else key: value for key, value in top.items()}  # YAML 1.1's "on"
    only("a workflow", top, TOP)
    number = 0
    for name, job in top["jobs"].items():
        only(f"the job {name}", job, JOB)
        for step in job["steps"]:
            number += 1
            only(f"step {number}", step, STEP)
            condition = step.get("if", "")
            if condition not in {"", "always()"}:
                problems.append(f"the condition '{condition}' of step {number} is not known")
            path = f"{folder}/{number:02}" + ("-always" if condition else "")
            if ("run" in step) == ("uses" in step):
                problems.append(f"step {number} needs one of 'run' and 'uses'")
            elif "run" in step:
                if "${{" in step["run"]:
                    problems.append(f"step {number} has an expression in its script, where it could be code")
                write(path + ".sh", exports(top.get("env", {}), job.get("env", {}), step.get("env", {})) + step["run"])
                if subprocess.run(["bash", "-n", path + ".sh"], check=False).returncode != 0:
                    problems.append(f"bash does not understand step {number}")
            elif not re.fullmatch(r"[\w-]+/[\w.-]+@v[0-9]+", step["uses"]):
                problems.append(f"'{step['uses']}' names no version of an action")
            elif step["uses"].startswith("actions/upload-artifact@"):
                evaluated(step["with"]["name"])
                write(path + ".upload", step["with"]["path"])
    for problem in problems:
        print(f"{workflow}: {problem}", file=sys.stderr)
    return 1 if problems or number == 0 else 0


sys.exit(main(*sys.argv[1:]))
