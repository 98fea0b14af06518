// A program that uses the credentials of its environment:
//
//	client                   prints the ARN that the AWS SDK for Go v2 gets
//	client describe          prints that ARN and the Region as {"who":…,"region":…}
//	client store BUCKET KEY  writes an object whose content is its key, reads it back, and prints it
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

func main() {
	answer, err := run(context.Background(), os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(answer)
}

func run(ctx context.Context, args []string) (string, error) {
	if len(args) == 1 && args[0] == "describe" {
		return describe(ctx)
	}
	settings, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return "", err
	}
	if len(args) == 3 && args[0] == "store" {
		return store(ctx, s3.NewFromConfig(settings), args[1], args[2])
	}
	return whoAmI(ctx, settings)
}

func whoAmI(ctx context.Context, settings aws.Config) (string, error) {
	identity, err := sts.NewFromConfig(settings).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err != nil {
		return "", err
	}
	return *identity.Arn, nil
}

func describe(ctx context.Context) (string, error) {
	settings, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return "", err
	}
	region := settings.Region
	if region == "" {
		region = "none"
		// A client without a Region could not ask.
		os.Setenv("AWS_REGION", "eu-west-1")
		if settings, err = config.LoadDefaultConfig(ctx); err != nil {
			return "", err
		}
	}
	who, err := whoAmI(ctx, settings)
	if err != nil {
		who = "error"
	}
	return fmt.Sprintf(`{"who":%q,"region":%q}`, who, region), nil
}

func store(ctx context.Context, client *s3.Client, bucket, key string) (string, error) {
	written := &s3.PutObjectInput{Bucket: &bucket, Key: &key, Body: strings.NewReader(key)}
	if _, err := client.PutObject(ctx, written); err != nil {
		return "", err
	}
	object, err := client.GetObject(ctx, &s3.GetObjectInput{Bucket: &bucket, Key: &key})
	if err != nil {
		return "", err
	}
	defer object.Body.Close()
	text, err := io.ReadAll(object.Body)
	return string(text), err
}
