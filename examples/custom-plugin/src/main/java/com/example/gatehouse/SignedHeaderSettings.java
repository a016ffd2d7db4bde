package com.example.gatehouse;

import java.util.List;

import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.Setting;

/**
 * The settings of the check {@code signed-header}: {@code checks.signed-header} in the gateway's config.
 *
 * @param secret where the secret is kept that the signer and this check share
 * @param scopes what a signed user may do at most
 */
// region secret-setting
record SignedHeaderSettings(
        @Setting(about = "Where the secret is kept that headers are signed with, at least 32 characters.")
        Secret.Source secret,

        @Setting(about = "Scopes that a signed user may have at most.", fallback = "operator.read")
        List<String> scopes) {}
// endregion
