"""A boto3 program that lives for hours: a line of milliseconds sets its clock, and it answers who it is."""

import os
import sys

import boto3

client = boto3.client("sts")
for line in sys.stdin:
    os.environ["TEST_CLOCK_OFFSET_MS"] = line.strip()
    print(client.get_caller_identity()["Arn"], flush=True)
