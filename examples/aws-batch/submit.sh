#!/bin/bash
# One experiment as an array job of shards on AWS Batch, and a job that merges them. The image is built from the Containerfile;
# the experiment file is on the EFS volume of job-definition.json, whose names are to be set first.
#   ./submit.sh my-queue /data/my.yaml 20
# A child that is reclaimed (Spot) is tried again and goes on where it was.
set -euo pipefail

queue=${1:?usage: ./submit.sh QUEUE EXPERIMENT SHARDS}
experiment=${2:?usage: ./submit.sh QUEUE EXPERIMENT SHARDS}
shards=${3:?usage: ./submit.sh QUEUE EXPERIMENT SHARDS}

aws batch register-job-definition --cli-input-json "file://$(dirname "$0")/job-definition.json" > /dev/null
job=$(aws batch submit-job --job-name mm-batch-shards --job-queue "$queue" --job-definition mm-batch \
  --array-properties "size=$shards" --parameters "experiment=$experiment" --query jobId --output text)
# One experiment to a volume; else name its folder, /data/shards/<name>-<hash>.
aws batch submit-job --job-name mm-batch-merge --job-queue "$queue" --job-definition mm-batch --depends-on "jobId=$job" \
  --container-overrides '{"command": ["merge", "/data/shards", "--output-dir", "/data/merged", "--no-progress"]}'
