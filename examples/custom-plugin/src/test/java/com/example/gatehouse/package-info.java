/** Tests of our own checks, on the gateway's test kit. */
@NullMarked
package com.example.gatehouse;

import org.jspecify.annotations.NullMarked;
